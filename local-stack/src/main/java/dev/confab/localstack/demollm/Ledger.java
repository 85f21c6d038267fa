package dev.confab.localstack.demollm;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was asked and how it ended; the last requests are kept whole, in memory only. */
final class Ledger {
  private static final int KEPT = 200;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long requests;
  private long running;
  private long completed;
  private long hangups;
  private long troubled;

  /** One request. Its fields change while it runs; they are read and written under the ledger. */
  private static final class Entry {
    private final long number;
    private final CompletionRequest request;
    private final int promptTokens;
    private final Instant startedAt = Instant.now();
    private Instant endedAt;
    private int tokens;
    private String outcome = "running";

    private Entry(long number, CompletionRequest request, int promptTokens) {
      this.number = number;
      this.request = request;
      this.promptTokens = promptTokens;
    }
  }

  /** The running request, to be ended once. */
  final class Running {
    private final Entry entry;
    private boolean ended;

    private Running(Entry entry) {
      this.entry = entry;
    }

    String id() {
      return "chatcmpl-demo-" + entry.number;
    }

    /** The whole answer left. */
    void completed(int tokens) {
      end("completed", tokens);
    }

    /** The client went away before the end. */
    void hungUp(int tokens) {
      end("hung_up", tokens);
    }

    /** It ended by an ordered trouble. */
    void troubled(int tokens) {
      end("troubled", tokens);
    }

    private void end(String outcome, int tokens) {
      synchronized (Ledger.this) {
        if (ended) {
          return;
        }
        ended = true;
        entry.outcome = outcome;
        entry.tokens = tokens;
        entry.endedAt = Instant.now();
        count(outcome);
      }
    }
  }

  /**
   * @param hangups how many clients went away before their answer's end
   * @param troubled how many answers ended by an ordered error or cut
   * @param lastPromptTokens sizes of the last prompts, the newest last
   */
  record Stats(
      long requests,
      long running,
      long completed,
      long hangups,
      long troubled,
      List<Integer> lastPromptTokens) {}

  /** A request as it came in and how far its answer got. */
  record Request(
      long number,
      String model,
      List<Turn> messages,
      boolean streamed,
      int promptTokens,
      int completionTokens,
      String outcome,
      String startedAt,
      String endedAt) {}

  synchronized Running begin(CompletionRequest request, int promptTokens) {
    requests++;
    running++;
    Entry entry = new Entry(requests, request, promptTokens);
    entries.addLast(entry);
    if (entries.size() > KEPT) {
      entries.removeFirst();
    }
    return new Running(entry);
  }

  synchronized Stats stats() {
    List<Integer> sizes = entries.stream().map(entry -> entry.promptTokens).toList();
    return new Stats(requests, running, completed, hangups, troubled, sizes);
  }

  /** The last requests, the oldest first. */
  synchronized List<Request> requests() {
    return entries.stream().map(Ledger::view).toList();
  }

  private void count(String outcome) {
    running--;
    switch (outcome) {
      case "completed" -> completed++;
      case "hung_up" -> hangups++;
      default -> troubled++;
    }
  }

  private static Request view(Entry entry) {
    return new Request(
        entry.number,
        entry.request.model(),
        entry.request.turns(),
        entry.request.streamed(),
        entry.promptTokens,
        entry.tokens,
        entry.outcome,
        entry.startedAt.toString(),
        entry.endedAt == null ? null : entry.endedAt.toString());
  }
}
