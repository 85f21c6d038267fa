package dev.confab.ai.context;

import dev.confab.contracts.ai.CompletionRequested.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a history to a number of tokens: oldest first, a question always together with its answers,
 * never within a message. What is to be answered, and the exchange it stands in, always stays.
 */
final class HistoryFit {
  /** What a provider adds around each message, and a little more. */
  static final int TOKENS_PER_MESSAGE = 6;

  private HistoryFit() {}

  /**
   * @param turns oldest first
   * @param budget tokens the turns may have in all
   * @param model whose tokens they are
   */
  static List<Turn> fit(List<Turn> turns, int budget, String model) {
    if (turns.stream().mapToLong(HistoryFit::atMost).sum() <= budget) {
      return turns;
    }
    List<List<Turn>> exchanges = exchanges(turns);
    int from = exchanges.size() - 1;
    long tokens = from < 0 ? 0 : tokens(exchanges.get(from), model);
    while (from > 0) {
      tokens += tokens(exchanges.get(from - 1), model);
      if (tokens > budget) {
        break;
      }
      from--;
    }
    return exchanges.subList(Math.max(0, from), exchanges.size()).stream()
        .flatMap(List::stream)
        .toList();
  }

  /** A question and what was said to it, up to the next question. */
  private static List<List<Turn>> exchanges(List<Turn> turns) {
    List<List<Turn>> exchanges = new ArrayList<>();
    for (Turn turn : turns) {
      if (exchanges.isEmpty() || "user".equals(turn.role())) {
        exchanges.add(new ArrayList<>());
      }
      exchanges.getLast().add(turn);
    }
    return exchanges;
  }

  private static long tokens(List<Turn> exchange, String model) {
    return exchange.stream()
        .mapToLong(turn -> TokenCount.of(content(turn), model) + TOKENS_PER_MESSAGE)
        .sum();
  }

  private static long atMost(Turn turn) {
    return (long) TokenCount.atMost(content(turn)) + TOKENS_PER_MESSAGE;
  }

  private static String content(Turn turn) {
    String content = turn.content() == null ? "" : turn.content();
    return turn.name() == null ? content : turn.name() + ": " + content;
  }
}
