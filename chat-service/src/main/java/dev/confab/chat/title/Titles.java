package dev.confab.chat.title;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.conversation.ConversationChanges;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.ledger.Writes;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.schema.Rounds;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Gives conversations their titles. A job stands in the database from the first exchange until the
 * title is there; whoever takes it has it for half a minute, so that it survives a crash.
 */
@ApplicationScoped
public class Titles {
  private static final Logger LOG = Logger.getLogger(Titles.class);
  private static final int MODEL_TRIES = 1;
  private static final String TAKE =
      "UPDATE title_jobs j SET tries = j.tries + 1,"
          + " due_at = clock_timestamp() + interval '30 seconds' FROM (SELECT t.conversation_id"
          + " FROM title_jobs t WHERE t.due_at <= clock_timestamp() ORDER BY t.due_at LIMIT ?"
          + " FOR UPDATE SKIP LOCKED) d WHERE j.conversation_id = d.conversation_id"
          + " RETURNING j.conversation_id, j.tries";
  private static final String DONE = "DELETE FROM title_jobs j WHERE j.conversation_id = ?";
  private static final String EXCHANGE =
      "SELECT q.sender_id, COALESCE(q.content, '') AS question, COALESCE(a.content, '') AS answer"
          + " FROM (SELECT m.conversation_id, m.sender_id, m.content FROM messages m"
          + " WHERE m.conversation_id = ? AND m.message_type = 'user' AND m.status <> 'deleted'"
          + " ORDER BY m.seq LIMIT 1) q LEFT JOIN LATERAL (SELECT r.content FROM messages r"
          + " WHERE r.conversation_id = q.conversation_id AND r.kind = 'ai_response'"
          + " AND r.status NOT IN ('deleted', 'streaming') ORDER BY r.seq LIMIT 1) a ON true";

  private record Job(UUID conversation, int tries) {}

  private final ChatConfig.Titles config;
  private final Ledgers ledgers;
  private final Reads reads;
  private final Writes writes;
  private final TitleModel model;
  private final Rounds rounds;
  private final Semaphore free;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  Titles(
      ChatConfig config,
      Ledgers ledgers,
      Reads reads,
      Writes writes,
      TitleModel model,
      Rounds rounds) {
    this.config = config.titles();
    this.ledgers = ledgers;
    this.reads = reads;
    this.writes = writes;
    this.model = model;
    this.rounds = rounds;
    this.free = new Semaphore(config.titles().atOnce());
  }

  void start(@Observes StartupEvent ignored) {
    if (config.enabled()) {
      rounds.every("titles", config.lookEvery(), this::look);
    }
  }

  void stop(@Observes ShutdownEvent ignored) {
    workers.shutdownNow();
  }

  private void look() {
    int most = free.availablePermits();
    if (most == 0) {
      return;
    }
    List<Job> jobs =
        writes.run(
            c ->
                Reads.all(
                    c,
                    TAKE,
                    rows ->
                        new Job(
                            rows.getObject("conversation_id", UUID.class), rows.getInt("tries")),
                    most));
    for (Job job : jobs) {
      free.acquireUninterruptibly();
      workers.execute(() -> give(job));
    }
  }

  private void give(Job job) {
    try {
      write(job);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warnf("event=title_failed conversation=%s error=%s", job.conversation(), e.toString());
    } finally {
      free.release();
    }
  }

  private void write(Job job) throws InterruptedException {
    Optional<Exchange> exchange = reads.plain(c -> exchange(c, job.conversation()));
    if (exchange.isPresent()) {
      // After a crash amid the call nobody waits for a model again.
      Optional<String> asked =
          job.tries() <= MODEL_TRIES ? model.ask(exchange.get()) : Optional.empty();
      String title = asked.orElseGet(() -> FirstWords.of(exchange.get().question()));
      if (!title.isEmpty()) {
        describe(job.conversation(), MessageText.storable(title), asked.isPresent());
      }
    }
    writes.run(c -> Update.run(c, DONE, job.conversation()));
  }

  private static Optional<Exchange> exchange(Connection connection, UUID conversation)
      throws SQLException {
    return Reads.first(
        connection,
        EXCHANGE,
        rows ->
            new Exchange(
                rows.getString("sender_id"), rows.getString("question"), rows.getString("answer")),
        conversation);
  }

  private void describe(UUID conversation, String title, boolean byModel) {
    ledgers.write(
        new Lookup().conversation(conversation),
        ledger -> {
          ledger
              .conversation(conversation)
              .filter(in -> in.toContract().title() == null && !in.isClosed())
              .ifPresent(
                  in -> {
                    in.describe(title, in.settings());
                    ConversationChanges.announce(ledger, in, null);
                    LOG.infof("event=titled conversation=%s by_model=%s", conversation, byModel);
                  });
          return null;
        });
  }
}
