/**
 * Accounts, sign-ins and tokens. Enters: REST calls of people, through the gateway, and of other
 * services. Leaves: signed tokens, the public keys to verify them, and the end of each session on
 * {@code auth.events}.
 */
package dev.confab.auth;
