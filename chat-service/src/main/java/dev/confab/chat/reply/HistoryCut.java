package dev.confab.chat.reply;

import dev.confab.chat.message.MessageStatus;
import dev.confab.chat.message.StoredMessage;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which part of a conversation a request tells: the turn last and whole, before it as much as fits,
 * oldest first. A reply stands right after what it answers, however much was said while it was
 * written; of several to one message the chosen one. What was said after the turn is left out.
 *
 * @param maxMessages most messages, the turn included
 * @param maxChars most UTF-16 units; the turn counts, but is never cut
 */
record HistoryCut(int maxMessages, int maxChars) {
  private record Placed(StoredMessage message, long afterSeq) {}

  /**
   * What replies are alternatives of each other. In a room those who were asked each have their
   * say.
   *
   * @param by null where all replies to one message are
   */
  private record Answer(UUID turnId, String by, String onBehalfOf) {
    static Answer of(StoredMessage reply, boolean named) {
      return named
          ? new Answer(reply.replyTo(), reply.senderId(), reply.onBehalfOf())
          : new Answer(reply.replyTo(), null, null);
    }
  }

  List<Turn> of(List<StoredMessage> messages, UUID turnId, boolean named) {
    Map<UUID, Long> seqs = new HashMap<>();
    messages.forEach(m -> seqs.put(m.id(), m.seq()));
    Long turnSeq = seqs.get(turnId);
    if (turnSeq == null) {
      return List.of();
    }
    Map<Answer, Long> chosen = new HashMap<>();
    messages.stream()
        .filter(m -> m.isReply() && isTold(m))
        .forEach(m -> chosen.merge(Answer.of(m, named), m.rank(), Math::max));
    List<StoredMessage> ordered =
        messages.stream()
            .filter(m -> !m.isReply() || m.id().equals(turnId) || isChosen(m, chosen, named))
            .map(m -> new Placed(m, place(m, seqs)))
            .filter(p -> p.afterSeq() < turnSeq && isTold(p.message()) || isTurn(p, turnId))
            .sorted(
                Comparator.comparing((Placed p) -> isTurn(p, turnId))
                    .thenComparing(Placed::afterSeq)
                    .thenComparing(p -> p.message().seq()))
            .map(Placed::message)
            .toList();
    return fit(ordered, named);
  }

  private static boolean isChosen(StoredMessage reply, Map<Answer, Long> chosen, boolean named) {
    return chosen.getOrDefault(Answer.of(reply, named), reply.rank()) == reply.rank();
  }

  private static boolean isTurn(Placed placed, UUID turnId) {
    return placed.message().id().equals(turnId);
  }

  private static long place(StoredMessage message, Map<UUID, Long> seqs) {
    boolean isReply = StoredMessage.TYPE_ASSISTANT.equals(message.messageType());
    return isReply && message.replyTo() != null
        ? seqs.getOrDefault(message.replyTo(), message.seq())
        : message.seq();
  }

  private static boolean isTold(StoredMessage message) {
    return message.status() != MessageStatus.DELETED
        && message.status() != MessageStatus.STREAMING
        && !StoredMessage.TYPE_SYSTEM.equals(message.messageType())
        && !StoredMessage.KIND_FALLBACK.equals(message.kind())
        && message.content() != null
        && !message.content().isEmpty();
  }

  private List<Turn> fit(List<StoredMessage> ordered, boolean named) {
    Deque<Turn> fitting = new ArrayDeque<>();
    int chars = 0;
    for (int i = ordered.size() - 1; i >= 0; i--) {
      StoredMessage message = ordered.get(i);
      String content = message.content() == null ? "" : message.content();
      chars += content.length();
      boolean isTurn = fitting.isEmpty();
      if (!isTurn && (fitting.size() >= maxMessages || chars > maxChars)) {
        break;
      }
      fitting.addFirst(turn(message, content, named));
    }
    return List.copyOf(fitting);
  }

  private static Turn turn(StoredMessage message, String content, boolean named) {
    // To the model, who answered a visitor in its place spoke for the same side.
    boolean byAssistant =
        StoredMessage.TYPE_ASSISTANT.equals(message.messageType())
            || StoredMessage.TYPE_OPERATOR.equals(message.messageType());
    return byAssistant
        ? new Turn("assistant", null, content)
        : new Turn("user", named ? message.senderName() : null, content);
  }
}
