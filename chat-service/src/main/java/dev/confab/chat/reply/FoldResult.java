package dev.confab.chat.reply;

import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;

/** What a record of {@code ai.stream} decided about a reply as a whole. */
public sealed interface FoldResult {
  /** The reply's conversation. */
  String conversationId();

  /** The reply. */
  String messageId();

  /**
   * Its owner has no more to say.
   *
   * @param whole whether all that the owner said has arrived
   */
  record Completed(
      String conversationId,
      String messageId,
      String text,
      ReplyCompleted completion,
      boolean whole)
      implements FoldResult {}

  /** A fence ended it with what stood there. */
  record Fenced(String conversationId, String messageId, String text) implements FoldResult {}

  /** A fence voided an attempt; the next continues the text. */
  record Reopened(String conversationId, String messageId, int nextAttempt, String text)
      implements FoldResult {}
}
