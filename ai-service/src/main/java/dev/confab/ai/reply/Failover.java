package dev.confab.ai.reply;

import dev.confab.ai.provider.LlmFailure;
import dev.confab.ai.provider.Provider;
import dev.confab.ai.provider.Target;
import java.util.List;
import java.util.Optional;

/**
 * Whom one reply asks next. A call that fails quickly before it said anything is made once more;
 * then, and at once after a time-out or amid the text, the next provider is asked. The last one is
 * given one more chance where that may help. Not thread-safe.
 */
final class Failover {
  /** However many providers there are. */
  static final int MAX_CALLS = 8;

  /**
   * The next call.
   *
   * @param paused whether to wait a little first
   */
  record Next(Target target, boolean paused) {}

  private final List<Target> candidates;
  private Target current;
  private int at;
  private int failuresHere;
  private int failures;

  /**
   * @param candidates first choice first, a provider each; at least one
   */
  Failover(List<Target> candidates) {
    this.candidates = candidates;
    this.current = candidates.getFirst();
  }

  /** Who is asked now. */
  Target current() {
    return current;
  }

  /** The call succeeded; another one may follow it. */
  void succeeded() {
    failuresHere = 0;
  }

  /**
   * The call failed.
   *
   * @param spoke whether it had said something
   * @return empty if nobody is left
   */
  Optional<Next> after(LlmFailure failure, boolean spoke) {
    boolean firstHere = failuresHere++ == 0;
    if (++failures >= MAX_CALLS) {
      return Optional.empty();
    }
    if (firstHere && !spoke && failure.isWorthRepeating()) {
      return Optional.of(new Next(current, !current.provider().hasSoundEndpoint()));
    }
    if (at + 1 < candidates.size()) {
      current = candidates.get(++at);
      failuresHere = 0;
      return Optional.of(new Next(current, false));
    }
    return firstHere ? lastChance(failure, spoke) : Optional.empty();
  }

  private Optional<Next> lastChance(LlmFailure failure, boolean spoke) {
    if (spoke) {
      return Optional.of(new Next(current, true));
    }
    Provider provider = current.provider();
    String model = provider.defaultModel();
    boolean refused = failure instanceof LlmFailure.Status status && status.isRefusal();
    if (refused && model != null && !model.equals(current.model())) {
      current = new Target(provider, model);
      return Optional.of(new Next(current, false));
    }
    // With others asked before, waiting once more would take longer than people wait.
    boolean alone = candidates.size() == 1 && failure instanceof LlmFailure.TimedOut;
    return alone ? Optional.of(new Next(current, false)) : Optional.empty();
  }
}
