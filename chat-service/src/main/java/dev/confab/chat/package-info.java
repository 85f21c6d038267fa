/**
 * chat-service: conversations, messages, and who answers.
 *
 * <p>Commands come in from Kafka or over {@code /internal} ({@code command}), are decided under the
 * locks of their conversations in one transaction ({@code ledger}), and leave as events by one door
 * ({@code outbox}). Replies are opened, folded and ended in {@code reply}.
 */
package dev.confab.chat;
