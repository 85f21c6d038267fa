package dev.confab.chat.statistics;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Lookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * How many tokens a user may spend per day. What is being written when the budget runs out is
 * finished; nothing new begins before midnight UTC. Without a budget nothing is looked up.
 */
@ApplicationScoped
public class Budgets {
  private final long tokensPerDay;

  Budgets(ChatConfig config) {
    this.tokensPerDay = config.budget().tokensPerDay();
  }

  /** Has a ledger know what the user spent. */
  public void addTo(Lookup lookup, String userId) {
    if (tokensPerDay > 0) {
      lookup.spent(userId);
    }
  }

  /** Why the user may not be answered any more today, or empty. */
  public Optional<String> exceeded(Ledger ledger, String userId) {
    return tokensPerDay > 0 && ledger.spent(userId) >= tokensPerDay
        ? Optional.of(
            "Today's budget of "
                + tokensPerDay
                + " tokens is spent. It is renewed at midnight UTC (00:00Z).")
        : Optional.empty();
  }
}
