package dev.confab.chat.support;

import java.time.ZonedDateTime;

/** Who can answer a visitor now. */
sealed interface Outlook {
  /** Somebody is there. */
  record Somebody() implements Outlook {}

  /** Nobody is there, and nobody knows until when. */
  record Nobody() implements Outlook {}

  /** The office is closed. */
  record Opens(ZonedDateTime at) implements Outlook {}
}
