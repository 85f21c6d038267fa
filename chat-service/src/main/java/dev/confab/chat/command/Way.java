package dev.confab.chat.command;

/** How a command came, and so how its outcome goes back. */
public enum Way {
  /** By Kafka: every outcome leaves as an event. */
  LOG,
  /** By a request that waits: outcomes that tell nobody else are in its answer alone. */
  REQUEST
}
