/**
 * Sign-ins and API tokens: each is a session, with tokens that name it, and ends once for all. A
 * session that ends is announced in the transaction that ends it.
 */
package dev.confab.auth.session;
