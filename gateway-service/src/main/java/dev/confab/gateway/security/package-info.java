/**
 * Who is there: tokens are verified with auth-service's public keys, held in memory, and sessions
 * that were revoked are known on every replica. Tokens enter here and nowhere else, and are never
 * logged.
 */
package dev.confab.gateway.security;
