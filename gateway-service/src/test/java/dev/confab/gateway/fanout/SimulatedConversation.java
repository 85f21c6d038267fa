package dev.confab.gateway.fanout;

import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Message;
import dev.confab.contracts.chat.Participant;
import dev.confab.contracts.chat.RunningReply;
import dev.confab.contracts.chat.Settings;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What chat-service, ai-service and the reply cache would say of one conversation. */
final class SimulatedConversation {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ID = "conversation";

  /** Published and not delivered yet. */
  final List<Buffer> onTheWay = new ArrayList<>();

  final Map<String, Message> messages = new LinkedHashMap<>();
  final TreeMap<Integer, String> cache = new TreeMap<>();
  private final Random random;
  private long lastSeq;
  private int names;
  private RunningReply running;
  private StringBuilder text = new StringBuilder();

  SimulatedConversation(Random random) {
    this.random = random;
  }

  long lastSeq() {
    return lastSeq;
  }

  RunningReply running() {
    return running;
  }

  String runningText() {
    return text.toString();
  }

  /**
   * Something happens: a message, a reply's beginning, next characters or end, an edit, a title.
   */
  void step() {
    switch (random.nextInt(10)) {
      case 0, 1 -> say();
      case 2 -> edit();
      case 3 ->
          publish(
              new ChatEvent.ConversationChanged(
                  ID, ++lastSeq, conversation(), null, null, null, null));
      case 4 -> endReply();
      default -> {
        if (running == null) {
          openReply();
        } else {
          write();
        }
      }
    }
  }

  private void say() {
    long seq = ++lastSeq;
    var message = message("m" + names++, seq, seq, "user", "hello", "complete", null);
    publish(new ChatEvent.MessageAdded(ID, seq, put(message), null, null, null));
  }

  private void edit() {
    var editable = messages.values().stream().filter(m -> !"deleted".equals(m.status())).toList();
    if (editable.isEmpty()) {
      return;
    }
    var old = editable.get(random.nextInt(editable.size()));
    long seq = ++lastSeq;
    boolean delete = random.nextInt(3) == 0;
    var changed =
        message(
            old.id(),
            old.seq(),
            seq,
            old.messageType(),
            delete ? null : "edited " + seq,
            delete ? "deleted" : "complete",
            old.finishReason());
    publish(new ChatEvent.MessageChanged(ID, seq, put(changed), null, null, null));
  }

  private void openReply() {
    running = new RunningReply(++lastSeq, "r" + names++, null, "default", null);
    text = new StringBuilder();
    cache.clear();
    publish(new ChatEvent.ReplyOpened(ID, lastSeq, running, null, null, null));
  }

  private void write() {
    var piece = "t" + text.length() + (random.nextBoolean() ? "🙂 " : " ");
    cache.put(text.length(), piece);
    onTheWay.add(Envelope.text(running.messageId(), text.length(), piece));
    text.append(piece);
  }

  private void endReply() {
    if (running == null) {
      return;
    }
    if (text.isEmpty()) {
      text.append("The assistant could not answer.");
    }
    long seq = ++lastSeq;
    var message =
        message(
            running.messageId(),
            running.seq(),
            seq,
            "assistant",
            text.toString(),
            "complete",
            "stop");
    running = null;
    publish(new ChatEvent.ReplyEnded(ID, seq, put(message), null, null, null));
  }

  private Message put(Message message) {
    messages.put(message.id(), message);
    return message;
  }

  private static Message message(
      String id, long seq, long changed, String type, String content, String status, String end) {
    return new Message(
        id,
        ID,
        seq,
        changed,
        type,
        "text",
        "someone",
        null,
        null,
        content,
        null,
        null,
        status,
        end,
        null,
        null,
        NOW,
        String.valueOf(content).startsWith("edited") ? NOW : null);
  }

  private void publish(ChatEvent.Numbered event) {
    onTheWay.add(Envelope.change(Envelope.change(event), null, null));
  }

  private Conversation conversation() {
    return new Conversation(
        ID,
        "assistant",
        "title " + lastSeq,
        "assistant",
        0,
        null,
        null,
        null,
        null,
        Settings.DEFAULTS,
        List.of(new Participant("user", "User", "host", null)),
        1,
        lastSeq,
        "history",
        null,
        false,
        true,
        NOW,
        NOW);
  }

  /** What chat-service would answer now, in pages of {@code limit} messages. */
  Changes changes(Long after, int limit) {
    if (after == null) {
      return new Changes(conversation(), true, null, List.of(), running, lastSeq, false, false);
    }
    var all =
        messages.values().stream()
            .filter(message -> message.changedSeq() > after)
            .sorted(Comparator.comparingLong(Message::changedSeq))
            .toList();
    boolean more = all.size() > limit;
    var page = more ? all.subList(0, limit) : all;
    long upTo = more ? page.getLast().changedSeq() : lastSeq;
    return new Changes(conversation(), true, null, page, running, upTo, more, false);
  }
}
