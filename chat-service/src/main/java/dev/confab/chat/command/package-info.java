/**
 * Commands: read in batches from Kafka or taken over {@code /internal}, checked, decided under the
 * conversations' locks, and answered. A repeat changes nothing and repeats its outcome; a refusal
 * leaves as an unnumbered event.
 */
package dev.confab.chat.command;
