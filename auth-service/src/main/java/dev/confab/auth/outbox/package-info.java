/**
 * Ends of sessions on their way to {@code auth.events}, and choices of users on their way to {@code
 * auth.users}. A row is written in the transaction that ends the session, sent as soon as that
 * commits, and deleted when the broker has it; so a revocation survives any crash and any time
 * without a broker. Records may arrive twice, and say the same then.
 */
package dev.confab.auth.outbox;
