package dev.confab.chat.command;

import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatEvent;
import java.util.UUID;

/** What came of a command. */
sealed interface Outcome {
  /** It changed something, and the event that tells everybody was emitted. */
  record Told(ChatEvent event) implements Outcome {}

  /**
   * Only who asked is answered.
   *
   * @param kept whether repeats shall get the same answer from a row of its own
   * @param messageId what it was about, or null
   */
  record Answered(ChatEvent event, boolean kept, UUID messageId) implements Outcome {}

  /** Nothing changed. */
  record Refused(ErrorCode code, String detail, String field) implements Outcome {}

  /** It waits for a fence; the answer leaves when that was read back. */
  record Pending() implements Outcome {}

  /** There is nothing of that name here, or not for this user. */
  static Refused notFound(String what) {
    return new Refused(ErrorCode.NOT_FOUND, "There is no such " + what + ".", null);
  }
}
