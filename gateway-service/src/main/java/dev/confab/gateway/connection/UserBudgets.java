package dev.confab.gateway.connection;

import dev.confab.gateway.limit.Rate;
import dev.confab.gateway.presence.Presence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each user on this replica has used of their limits, and so whether they are here at all.
 * Kept in memory, per replica.
 */
@ApplicationScoped
class UserBudgets {
  private final ConnectionConfig.Limits limits;
  private final Presence presence;
  private final Map<String, Budget> budgets = new ConcurrentHashMap<>();

  UserBudgets(ConnectionConfig config, Presence presence) {
    this.limits = config.limits();
    this.presence = presence;
  }

  /** One user's budget, shared by their connections. */
  static final class Budget {
    private int connections;
    final Rate.Meter messages;
    final Rate.Meter joins;
    final Rate.Meter replies;

    private Budget(long now) {
      messages = new Rate.Meter(now);
      joins = new Rate.Meter(now);
      replies = new Rate.Meter(now);
    }

    private boolean isRested(long now) {
      return connections == 0
          && messages.isRested(now)
          && joins.isRested(now)
          && replies.isRested(now);
    }
  }

  /** Counts one more connection of a user; empty if they have as many as allowed. */
  Optional<Budget> enter(String userId) {
    boolean[] entered = {false};
    Budget budget =
        budgets.compute(
            userId,
            (id, present) -> {
              Budget own = present == null ? new Budget(System.nanoTime()) : present;
              if (own.connections < limits.maxConnectionsPerUser()) {
                own.connections++;
                entered[0] = true;
                if (own.connections == 1) {
                  // Here, so that coming and leaving are told in the order they happen.
                  presence.came(userId);
                }
              }
              return own;
            });
    return entered[0] ? Optional.of(budget) : Optional.empty();
  }

  /** A connection of a user is gone. */
  void leave(String userId) {
    budgets.computeIfPresent(
        userId,
        (id, budget) -> {
          budget.connections--;
          if (budget.connections == 0) {
            presence.left(userId);
          }
          return budget;
        });
  }

  /** Forgets users who are gone and whose meters are rested. */
  void sweep(long now) {
    for (String userId : budgets.keySet()) {
      budgets.computeIfPresent(userId, (id, budget) -> budget.isRested(now) ? null : budget);
    }
  }

  int size() {
    return budgets.size();
  }
}
