package dev.confab.chat.support;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.ledger.Writes;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.schema.Rounds;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps who works at the desk. That somebody was seen is noted in memory and written in bulk, some
 * seconds apart, so that it costs no request anything.
 */
@ApplicationScoped
public class Operators {
  private static final int MAX_NOTED = 10_000;
  private static final String PUT =
      "INSERT INTO operators (user_id, name, seen_at)"
          + " SELECT k.user_id, NULLIF(k.name, ''), clock_timestamp() FROM unnest(?, ?)"
          + " AS k(user_id, name) ON CONFLICT (user_id) DO UPDATE"
          + " SET name = COALESCE(EXCLUDED.name, operators.name), seen_at = EXCLUDED.seen_at";

  private final ChatConfig.Support config;
  private final Writes writes;
  private final Rounds rounds;
  private final Map<String, String> noted = new ConcurrentHashMap<>();

  Operators(ChatConfig config, Writes writes, Rounds rounds) {
    this.config = config.support();
    this.writes = writes;
    this.rounds = rounds;
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("operators", config.noteOperatorsEvery(), this::write);
  }

  /**
   * An operator or admin does something at the desk.
   *
   * @param name null if it is not known here
   */
  public void seen(String userId, String name) {
    if (noted.size() < MAX_NOTED || noted.containsKey(userId)) {
      String known = name == null ? "" : MessageText.storable(name);
      noted.merge(userId, known, (before, now) -> now.isEmpty() ? before : now);
    }
  }

  private void write() {
    // In one order, so that two replicas never wait for each other.
    Map<String, String> seen = new TreeMap<>(new HashMap<>(noted));
    if (seen.isEmpty()) {
      return;
    }
    writes.run(
        c ->
            Update.run(
                c,
                PUT,
                c.createArrayOf("text", seen.keySet().toArray()),
                c.createArrayOf("text", seen.values().toArray())));
    seen.forEach(noted::remove);
  }
}
