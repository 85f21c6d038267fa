package dev.confab.chat.reply;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What other threads may know of the replies that this replica folds. */
@ApplicationScoped
public class RunningReplies {
  /**
   * A reply that an ai-service replica has taken on.
   *
   * @param textAtMs when its first text was written, 0 while there is none
   * @param marked whether the database knows that it has begun
   */
  public record Seen(
      String conversationId,
      String messageId,
      int attempt,
      String runner,
      long textAtMs,
      boolean marked) {
    Seen withText(long atMs) {
      return new Seen(conversationId, messageId, attempt, runner, atMs, marked);
    }

    Seen asMarked() {
      return new Seen(conversationId, messageId, attempt, runner, textAtMs, true);
    }
  }

  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  RunningReplies(MeterRegistry metrics) {
    metrics.gauge("confab.replies.running", seen, Map::size);
  }

  void started(String conversationId, String messageId, int attempt, String runner) {
    seen.merge(
        messageId,
        new Seen(conversationId, messageId, attempt, runner, 0, false),
        (before, now) ->
            new Seen(
                conversationId, messageId, attempt, runner, before.textAtMs(), before.marked()));
  }

  void hasText(String messageId, long atMs) {
    seen.computeIfPresent(messageId, (id, s) -> s.textAtMs() == 0 ? s.withText(atMs) : s);
  }

  void marked(String messageId) {
    seen.computeIfPresent(messageId, (id, s) -> s.asMarked());
  }

  void gone(String messageId) {
    seen.remove(messageId);
  }

  List<Seen> all(Predicate<Seen> which) {
    return seen.values().stream().filter(which).toList();
  }
}
