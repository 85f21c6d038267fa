/**
 * The one door by which records leave: written with the change they tell of, sent after the commit,
 * deleted in bulk when Kafka has acknowledged them, sent again by a sweeper when a crash or a dead
 * broker left them behind. Readers may therefore see a record more than once.
 */
package dev.confab.chat.outbox;
