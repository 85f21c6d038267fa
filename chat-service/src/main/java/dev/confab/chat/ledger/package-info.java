/**
 * The one place where numbers are given.
 *
 * <p>A {@link dev.confab.chat.ledger.Ledger} is one transaction over the locked rows of some
 * conversations: what a {@link dev.confab.chat.ledger.Lookup} names is read in a constant number of
 * round trips, decisions are taken in memory, and everything is written at once, the outbox row
 * included. Whoever changes shared state goes through here.
 */
package dev.confab.chat.ledger;
