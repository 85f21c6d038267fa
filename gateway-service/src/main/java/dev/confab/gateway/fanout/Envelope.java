package dev.confab.gateway.fanout;

import dev.confab.contracts.ai.ReplyRecord;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolCalled;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolResult;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Message;
import dev.confab.contracts.chat.Origin;
import dev.confab.gateway.json.Json;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What gateways publish to each other through Redis: one header line of tab-separated fields, then
 * a body that is used as it is. The header holds what a receiver needs in order to route, so that
 * the frame in the body is parsed by nobody.
 *
 * <pre>
 * c kind seq message_id reply_length gateway connection command_id removed \n v1 frame   a numbered change
 * t message_id offset \n text                                                     reply text
 * l message_id key \n v1 frame                                                    of a running reply, live only
 * w \n v1 frame                                                                   must arrive
 * s sender \n v1 frame                                                            a signal, not to its sender
 * a conversation_id \n v1 frame                                                   to those of a user who did not join
 * m conversation_id users \n v1 frame                                              the same, for many users
 * d conversation_id \n                                                            what a dialog is in the queue changed
 * o \n event                                                                      outcome of a command
 * p number \n                                                                     the subscriber's own ping
 * </pre>
 */
public final class Envelope {
  private static final byte TAB = '\t';
  private static final byte NEWLINE = '\n';
  private static final int FIELDS = 9;

  private Envelope() {}

  /** An envelope taken apart; {@code fields[0]} is its type. */
  public record Opened(String[] fields, Buffer body) {
    char type() {
      return fields[0].charAt(0);
    }

    /** A header field, or null where it is empty. */
    public String field(int index) {
      return fields[index].isEmpty() ? null : fields[index];
    }
  }

  static Buffer change(Change change, String commandId, Origin origin) {
    return envelope(
        change.frame().json(),
        "c",
        change.kind().name(),
        Long.toString(change.seq()),
        change.messageId(),
        Integer.toString(change.replyLength()),
        origin == null ? null : origin.gateway(),
        origin == null ? null : origin.connection(),
        commandId,
        String.join(",", change.removed()));
  }

  static Buffer text(String messageId, int offset, String text) {
    return envelope(Buffer.buffer(text), "t", messageId, Integer.toString(offset));
  }

  static Buffer toolUse(ReplyRecord use) {
    var key = use instanceof ReplyToolCalled called ? called.callId() : resultKey(use);
    return envelope(V1Frames.tool(use).json(), "l", use.messageId(), key);
  }

  private static String resultKey(ReplyRecord use) {
    return ((ReplyToolResult) use).callId() + "=";
  }

  static Buffer whole(Frame.Whole frame) {
    return envelope(frame.json(), "w");
  }

  static Buffer signal(Frame.Signal frame, String sender) {
    return envelope(frame.json(), "s", sender);
  }

  static Buffer unlessJoined(String conversationId, Frame.Whole frame) {
    return envelope(frame.json(), "a", conversationId);
  }

  static Buffer unlessJoined(String conversationId, List<String> users, Frame.Whole frame) {
    return envelope(frame.json(), "m", conversationId, String.join(",", users));
  }

  static Buffer dialogChanged(String conversationId) {
    return envelope(Buffer.buffer(), "d", conversationId);
  }

  static Buffer outcome(byte[] event) {
    return envelope(Buffer.buffer(event), "o");
  }

  static Buffer ping(long number) {
    return envelope(Buffer.buffer(), "p", Long.toString(number));
  }

  private static Buffer envelope(Buffer body, String... fields) {
    var header = new StringBuilder(64);
    for (int i = 0; i < fields.length; i++) {
      if (i > 0) {
        header.append((char) TAB);
      }
      if (fields[i] != null) {
        header.append(fields[i]);
      }
    }
    header.append((char) NEWLINE);
    return Buffer.buffer(header.length() + body.length())
        .appendString(header.toString())
        .appendBuffer(body);
  }

  static Opened open(Buffer envelope) {
    int end = 0;
    while (envelope.getByte(end) != NEWLINE) {
      end++;
    }
    var header = envelope.getString(0, end, StandardCharsets.UTF_8.name());
    var fields = new String[FIELDS];
    Arrays.fill(fields, "");
    int count = 0;
    int start = 0;
    for (int tab; (tab = header.indexOf(TAB, start)) >= 0 && count < FIELDS - 1; start = tab + 1) {
      fields[count++] = header.substring(start, tab);
    }
    fields[count] = header.substring(start);
    return new Opened(fields, envelope.slice(end + 1, envelope.length()));
  }

  /** The change in an opened {@code c} envelope; its frame shares the envelope's bytes. */
  static Change change(Opened opened) {
    var frame = new Frame.Whole(opened.body());
    var kind = Change.Kind.valueOf(opened.fields()[1]);
    long seq = Long.parseLong(opened.fields()[2]);
    var messageId = opened.field(3);
    return switch (kind) {
      case MESSAGE -> Change.message(seq, messageId, frame);
      case REPLY_OPENED -> Change.replyOpened(seq, messageId, frame);
      case REPLY_ENDED ->
          Change.replyEnded(
              seq, messageId, Integer.parseInt(opened.fields()[4]), () -> messageOf(frame), frame);
      case CONVERSATION ->
          Change.conversation(
              seq, () -> conversationOf(frame).participants(), users(opened.field(8)), frame);
    };
  }

  /** The change that an event of chat-service tells of, with its v1 frame. */
  static Change change(ChatEvent.Numbered event) {
    return switch (event) {
      case ChatEvent.MessageAdded added ->
          Change.message(
              added.seq(), added.message().id(), V1Frames.messageReceived(added.message()));
      case ChatEvent.MessageChanged changed ->
          Change.message(
              changed.seq(), changed.message().id(), V1Frames.messageChanged(changed.message()));
      case ChatEvent.ReplyOpened opened ->
          Change.replyOpened(
              opened.seq(),
              opened.reply().messageId(),
              V1Frames.streamStart(opened.conversationId(), opened.reply()));
      case ChatEvent.ReplyEnded ended -> {
        var content = ended.message().content() == null ? "" : ended.message().content();
        yield Change.replyEnded(
            ended.seq(),
            ended.message().id(),
            content.length(),
            ended::message,
            V1Frames.streamComplete(ended.message()));
      }
      case ChatEvent.ConversationChanged changed ->
          Change.conversation(
              changed.seq(),
              changed.conversation()::participants,
              unlisted(changed.conversation(), changed.removed()),
              V1Frames.conversationUpdated(changed.conversation(), changed.seq(), null));
      case ChatEvent.OwnerChanged changed ->
          Change.conversation(
              changed.seq(),
              changed.conversation()::participants,
              unlisted(changed.conversation(), changed.removed()),
              V1Frames.handoff(changed.message(), changed.conversation()));
    };
  }

  /** Where participants are listed, who is not among them is out anyway. */
  private static List<String> unlisted(Conversation conversation, List<String> removed) {
    return conversation.participants() != null || removed == null ? List.of() : removed;
  }

  private static List<String> users(String field) {
    return field == null ? List.of() : List.of(field.split(","));
  }

  private static Conversation conversationOf(Frame.Whole frame) {
    return Json.convert(
        Json.tree(frame.json()).path("data").path("conversation"), Conversation.class);
  }

  private static Message messageOf(Frame.Whole frame) {
    return Json.convert(Json.tree(frame.json()).path("data").path("message"), Message.class);
  }
}
