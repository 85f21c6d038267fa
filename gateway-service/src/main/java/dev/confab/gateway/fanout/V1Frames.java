package dev.confab.gateway.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.ai.ReplyRecord;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolCalled;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolResult;
import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.ConversationView;
import dev.confab.contracts.chat.Message;
import dev.confab.contracts.chat.RunningReply;
import dev.confab.contracts.chat.Usage;
import dev.confab.contracts.presence.PresenceChanged;
import dev.confab.gateway.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** Encodes v1 server frames. The result is shared by every socket it goes to. */
public final class V1Frames {
  private V1Frames() {}

  private record Envelope(String type, String id, Object data) {}

  private record Authenticated(String type, String id, String userId, Object data) {}

  private record ErrorData(ErrorCode code, String message, Long retryAfterMs, String field) {}

  private record MessageData(Message message) {}

  private record Joined(
      String conversationId,
      Conversation conversation,
      long lastSeq,
      String history,
      Boolean reset) {}

  private record Ack(String clientId, String messageId, String conversationId, long seq) {}

  private record StreamStart(
      long seq,
      String messageId,
      String conversationId,
      String replyTo,
      String assistantId,
      String onBehalfOf) {}

  private record StreamContent(
      String messageId, String conversationId, String content, int offset, boolean isComplete) {}

  private record ToolCall(
      String messageId, String conversationId, String callId, String name, String arguments) {}

  private record ToolResult(
      String messageId, String conversationId, String callId, boolean ok, String content) {}

  private record StreamComplete(
      long seq,
      String messageId,
      String conversationId,
      Usage usage,
      String finishReason,
      Message message) {}

  private record ConversationUpdated(Conversation conversation, Long seq, ConversationView my) {}

  private record HandoffData(
      long seq,
      String conversationId,
      String owner,
      String operatorId,
      String operatorName,
      String reason,
      Message message,
      Conversation conversation) {}

  private record DeskUpdated(JsonNode dialog) {}

  private record ReadReceipt(String conversationId, String userId, long seq) {}

  private record Typing(String conversationId, String userId, boolean isTyping, String role) {}

  private record Presence(String userId, String status, Instant lastSeenAt) {}

  private record StandInDigest(String conversationId, int count, Instant since) {}

  private record Reconnect(long afterMs) {}

  /** {@code auth_success}. */
  public static Frame.Whole authSuccess(String frameId, String userId, Map<String, Object> data) {
    return whole(new Authenticated("auth_success", frameId, userId, data));
  }

  /** {@code error}; {@code field} and {@code retryAfterMs} may be null. */
  public static Frame.Whole error(
      String frameId, ErrorCode code, String message, String field, Long retryAfterMs) {
    return whole("error", frameId, new ErrorData(code, message, retryAfterMs, field));
  }

  /** {@code ack} of a client frame that has no answer of its own. */
  public static Frame.Whole ack(String frameId) {
    return whole("ack", frameId, null);
  }

  /** {@code pong}. */
  public static Frame.Whole pong(String frameId) {
    return whole("pong", frameId, null);
  }

  /** {@code reconnect}: the server drains. */
  public static Frame.Whole reconnect(long afterMs) {
    return whole("reconnect", null, new Reconnect(afterMs));
  }

  static Frame.Whole joined(String frameId, Changes first) {
    var conversation = first.conversation();
    return whole(
        "joined",
        frameId,
        new Joined(
            conversation.id(),
            conversation,
            conversation.lastSeq(),
            conversation.history(),
            first.reset() ? true : null));
  }

  /** {@code message_ack}: the message is stored. */
  public static Frame.Whole messageAck(
      String frameId, String clientId, String messageId, String conversationId, long seq) {
    return whole("message_ack", frameId, new Ack(clientId, messageId, conversationId, seq));
  }

  static Frame.Whole messageReceived(Message message) {
    return whole("message_received", null, new MessageData(message));
  }

  static Frame.Whole messageAdded(Message message) {
    return whole("message_added", null, new MessageData(message));
  }

  /** {@code message_updated}, or {@code message_deleted} as its status says. */
  static Frame.Whole messageChanged(Message message) {
    var type = "deleted".equals(message.status()) ? "message_deleted" : "message_updated";
    return whole(type, null, new MessageData(message));
  }

  static Frame.Whole streamStart(String conversationId, RunningReply reply) {
    return whole(
        "stream_start",
        null,
        new StreamStart(
            reply.seq(),
            reply.messageId(),
            conversationId,
            reply.replyTo(),
            reply.assistantId(),
            reply.onBehalfOf()));
  }

  /** {@code stream_content}: the next characters of a reply and where they start. */
  public static Frame.Text streamContent(
      String conversationId, String messageId, int offset, String text) {
    return streamContent(conversationId, messageId, offset, text, () -> "");
  }

  /** The same with more text from where it starts. */
  public static Frame.Text merged(Frame.Text first, String text) {
    return streamContent(first.conversationId(), first.messageId(), first.offset(), text);
  }

  static Frame.Text streamContent(
      String conversationId, String messageId, int offset, String text, Supplier<String> before) {
    var data = new StreamContent(messageId, conversationId, text, offset, false);
    var json = Json.write(new Envelope("stream_content", null, data));
    return new Frame.Text(conversationId, messageId, offset, text, before, json);
  }

  /** {@code tool_call} or {@code tool_result}: live only, without a number. */
  static Frame.Whole tool(ReplyRecord use) {
    return switch (use) {
      case ReplyToolCalled called ->
          whole(
              "tool_call",
              null,
              new ToolCall(
                  called.messageId(),
                  called.conversationId(),
                  called.callId(),
                  called.name(),
                  called.arguments()));
      case ReplyToolResult result ->
          whole(
              "tool_result",
              null,
              new ToolResult(
                  result.messageId(),
                  result.conversationId(),
                  result.callId(),
                  result.ok(),
                  result.summary()));
      default -> throw new IllegalArgumentException("no use of a tool");
    };
  }

  static Frame.Whole streamComplete(Message message) {
    return whole(
        "stream_complete",
        null,
        new StreamComplete(
            message.changedSeq(),
            message.id(),
            message.conversationId(),
            message.usage(),
            message.finishReason(),
            message));
  }

  static Frame.Whole conversationUpdated(Conversation conversation, Long seq, ConversationView my) {
    return whole("conversation_updated", null, new ConversationUpdated(conversation, seq, my));
  }

  /** {@code handoff}: who answers changed; the message it is kept as, and what that made of it. */
  static Frame.Whole handoff(Message message, Conversation conversation) {
    var handoff = message.handoff();
    return whole(
        "handoff",
        null,
        new HandoffData(
            message.seq(),
            message.conversationId(),
            handoff.owner(),
            handoff.operatorId(),
            handoff.operatorName(),
            handoff.reason(),
            message,
            conversation));
  }

  /** {@code desk_updated}: a dialog as it is in the queue now. */
  static Frame.Whole deskUpdated(JsonNode dialog) {
    return whole("desk_updated", null, new DeskUpdated(dialog));
  }

  static Frame.Whole readReceipt(String conversationId, String userId, long seq) {
    return whole("read_receipt", null, new ReadReceipt(conversationId, userId, seq));
  }

  /**
   * {@code typing_indicator}.
   *
   * @param role {@code assistant} or {@code visitor}, else null
   */
  static Frame.Signal typing(String conversationId, String userId, boolean isTyping, String role) {
    var data = new Typing(conversationId, userId, isTyping, role);
    return new Frame.Signal(Json.write(new Envelope("typing_indicator", null, data)));
  }

  /** {@code presence}: a user came or is gone; without a time if nobody remembers it. */
  static Frame.Signal presence(PresenceChanged change) {
    var seen = change.atMs() == 0 ? null : Instant.ofEpochMilli(change.atMs());
    var data = new Presence(change.userId(), change.status(), seen);
    return new Frame.Signal(Json.write(new Envelope("presence", null, data)));
  }

  static Frame.Whole standInDigest(ChatEvent.StandInDigest digest) {
    var data = new StandInDigest(digest.conversationId(), digest.count(), digest.since());
    return whole("stand_in_digest", null, data);
  }

  private static Frame.Whole whole(String type, String frameId, Object data) {
    return whole(new Envelope(type, frameId, data));
  }

  private static Frame.Whole whole(Object frame) {
    return new Frame.Whole(Json.write(frame));
  }
}
