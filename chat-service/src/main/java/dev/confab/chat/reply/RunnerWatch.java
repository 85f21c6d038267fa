package dev.confab.chat.reply;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.outbox.OutboxRecord;
import dev.confab.chat.outbox.RecordWriter;
import dev.confab.chat.reply.RunningReplies.Seen;
import dev.confab.chat.schema.Rounds;
import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.ai.ReplyCancelled;
import dev.confab.contracts.ai.ReplyRecord.ReplyFenced;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Looks whether the ai-service replicas live whose replies are folded here, and has the replies of
 * a dead one taken over: a fence voids the attempt, and when it is read back the next one is asked
 * for. While Redis is away nobody is taken for dead.
 */
@ApplicationScoped
public class RunnerWatch {
  private static final Logger LOG = Logger.getLogger(RunnerWatch.class);
  private static final int AT_ONCE = 200;
  private static final long FENCE_AGAIN_NANOS = 10_000_000_000L;

  private final ChatConfig.Replies config;
  private final RunningReplies running;
  private final RedisDataSource redis;
  private final Ledgers ledgers;
  private final RecordWriter writer;
  private final Rounds rounds;
  // The round's thread alone.
  private final Map<String, Long> missingSince = new HashMap<>();
  private final Map<String, Long> fencedAt = new HashMap<>();
  private boolean redisAway;

  RunnerWatch(
      ChatConfig config,
      RunningReplies running,
      RedisDataSource redis,
      Ledgers ledgers,
      RecordWriter writer,
      Rounds rounds) {
    this.config = config.replies();
    this.running = running;
    this.redis = redis;
    this.ledgers = ledgers;
    this.writer = writer;
    this.rounds = rounds;
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("runner-watch", config.lookEvery(), this::look);
  }

  private void look() {
    long now = System.nanoTime();
    fencedAt.values().removeIf(at -> now - at > FENCE_AGAIN_NANOS);
    Set<String> runners = new HashSet<>();
    running.all(s -> true).forEach(s -> runners.add(s.runner()));
    missingSince.keySet().retainAll(runners);
    if (runners.isEmpty()) {
      return;
    }
    try {
      note(List.copyOf(runners), now);
      redisAway = false;
    } catch (RuntimeException e) {
      missingSince.clear();
      if (!redisAway) {
        LOG.warnf("event=runners_unknown error=%s", e.getClass().getSimpleName());
      }
      redisAway = true;
      return;
    }
    takeOver(now);
  }

  private void note(List<String> runners, long now) {
    String[] keys = runners.stream().map(RedisKeys::runner).toArray(String[]::new);
    Response found = redis.execute("MGET", keys);
    for (int i = 0; i < keys.length; i++) {
      if (found.get(i) == null) {
        missingSince.putIfAbsent(runners.get(i), now);
      } else {
        missingSince.remove(runners.get(i));
      }
    }
  }

  private void takeOver(long now) {
    List<Seen> orphans = running.all(s -> isDead(s.runner(), now) && !isFenced(s));
    for (int from = 0; from < orphans.size(); from += AT_ONCE) {
      List<Seen> part = orphans.subList(from, Math.min(from + AT_ONCE, orphans.size()));
      List<OutboxRecord> records = new ArrayList<>(2 * part.size());
      part.forEach(s -> fence(s, records));
      ledgers.send(records);
      part.forEach(s -> fencedAt.put(key(s), now));
      LOG.infof("event=runners_dead replies=%d", part.size());
    }
  }

  private boolean isDead(String runner, long now) {
    Long since = missingSince.get(runner);
    return since != null && now - since >= config.runnerMissingFor().toNanos();
  }

  private boolean isFenced(Seen seen) {
    return fencedAt.containsKey(key(seen));
  }

  private static String key(Seen seen) {
    return seen.messageId() + ':' + seen.attempt();
  }

  private void fence(Seen seen, List<OutboxRecord> records) {
    records.add(
        writer.fence(
            new ReplyFenced(seen.conversationId(), seen.messageId(), seen.attempt(), false)));
    records.add(
        writer.cancel(new ReplyCancelled(seen.conversationId(), seen.messageId(), seen.attempt())));
  }
}
