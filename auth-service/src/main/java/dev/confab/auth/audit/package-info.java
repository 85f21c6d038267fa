/**
 * What happened to accounts and sessions, as one structured log line and one counter each. Ids
 * only: never a password, a token or an address.
 */
package dev.confab.auth.audit;
