package dev.confab.chat.message;

import java.util.Locale;

/** Where a message stands. */
public enum MessageStatus {
  COMPLETE,
  STREAMING,
  STOPPED,
  INTERRUPTED,
  FAILED,
  DELETED;

  /** The protocol's word. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static MessageStatus of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
