package dev.confab.chat.support;

import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatEvent;
import java.util.UUID;

/** What came of a wish to hand over. */
public sealed interface HandOverOutcome {
  /**
   * It was done, and everybody was told.
   *
   * @param event the outcome of its command
   * @param messageId the message that tells of it
   */
  record Done(ChatEvent event, UUID messageId) implements HandOverOutcome {}

  /** Nothing had to change. */
  record Accepted() implements HandOverOutcome {}

  /** What was to be said was said before. */
  record Repeated(ChatEvent event, UUID messageId) implements HandOverOutcome {}

  /** It may not be. */
  record Refused(ErrorCode code, String detail, String field) implements HandOverOutcome {}

  /** It is decided when a reply's fence was read back. */
  record Pending() implements HandOverOutcome {}
}
