package dev.confab.contracts.ai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Usage;

/**
 * A record of {@code ai.stream}. The partition's order of these records alone decides what a reply
 * says; {@link ReplyFold} is the rule.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ReplyRecord.ReplyStarted.class, name = "started"),
  @JsonSubTypes.Type(value = ReplyRecord.ReplyDelta.class, name = "delta"),
  @JsonSubTypes.Type(value = ReplyRecord.ReplyToolCalled.class, name = "tool_called"),
  @JsonSubTypes.Type(value = ReplyRecord.ReplyToolResult.class, name = "tool_result"),
  @JsonSubTypes.Type(value = ReplyRecord.ReplyCompleted.class, name = "completed"),
  @JsonSubTypes.Type(value = ReplyRecord.ReplyFenced.class, name = "fenced")
})
public sealed interface ReplyRecord {
  String conversationId();

  String messageId();

  /** Counts from 1; each fence that does not end the reply opens the next. */
  int attempt();

  /** A runner takes on an attempt. The first of the current attempt owns the reply. */
  record ReplyStarted(String conversationId, String messageId, int attempt, String runner)
      implements ReplyRecord {}

  /**
   * The next characters.
   *
   * @param offset where they start in the whole reply, in UTF-16 units, earlier attempts included;
   *     a surrogate pair is never split
   */
  record ReplyDelta(
      String conversationId, String messageId, int attempt, String runner, int offset, String text)
      implements ReplyRecord {}

  /**
   * The model asked for a tool between what it said before and what it will say next. No text.
   *
   * @param callId names the call within the reply
   * @param name of the tool
   * @param arguments JSON, perhaps shortened, for people to see
   */
  record ReplyToolCalled(
      String conversationId,
      String messageId,
      int attempt,
      String runner,
      String callId,
      String name,
      String arguments)
      implements ReplyRecord {}

  /**
   * What came of a tool's call. No text of the reply.
   *
   * @param ok whether the tool did what it was asked
   * @param summary its answer, perhaps shortened, for people to see
   */
  record ReplyToolResult(
      String conversationId,
      String messageId,
      int attempt,
      String runner,
      String callId,
      boolean ok,
      String summary)
      implements ReplyRecord {}

  /**
   * The runner has no more to say.
   *
   * @param length of the whole reply in UTF-16 units
   * @param model that answered, null if none did
   * @param reason {@code stop}, {@code length}, {@code tool}, or {@code failed} when the provider
   *     gave up
   * @param error why it failed, else null
   * @param handOver why the model wants a person to go on, in its words; null if it does not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReplyCompleted(
      String conversationId,
      String messageId,
      int attempt,
      String runner,
      int length,
      Usage usage,
      String model,
      String reason,
      ErrorCode error,
      String handOver)
      implements ReplyRecord {
    /** The end of a reply after which the conversation stays the model's. */
    public ReplyCompleted(
        String conversationId,
        String messageId,
        int attempt,
        String runner,
        int length,
        Usage usage,
        String model,
        String reason,
        ErrorCode error) {
      this(conversationId, messageId, attempt, runner, length, usage, model, reason, error, null);
    }
  }

  /**
   * Written by chat-service only: nothing of this or an earlier attempt counts after it.
   *
   * @param ends whether the reply ends here, or the next attempt continues it
   */
  record ReplyFenced(String conversationId, String messageId, int attempt, boolean ends)
      implements ReplyRecord {}
}
