package dev.confab.chat.model;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.message.Births;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.schema.Rounds;
import dev.confab.contracts.chat.ChatEvent.ConversationChanged;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Moves conversations off retired models, a few per transaction, while they go on. What is still to
 * be moved is read from the conversations themselves: a crash loses nothing, and of several
 * replicas whichever holds a conversation's row moves it, once. Closed conversations move when they
 * are opened again.
 */
@ApplicationScoped
class RetiredModels {
  private static final Logger LOG = Logger.getLogger(RetiredModels.class);
  private static final UUID FIRST = new UUID(0, 0);
  private static final String IN_USE =
      "SELECT k.name FROM unnest(?) AS k(name) WHERE EXISTS (SELECT 1 FROM conversations c"
          + " WHERE c.settings ->> 'model' = k.name AND c.settings ->> 'model' IS NOT NULL"
          + " AND c.deleted_at IS NULL)";
  private static final String NEXT =
      "SELECT c.id FROM conversations c WHERE c.settings ->> 'model' = ?"
          + " AND c.settings ->> 'model' IS NOT NULL AND c.deleted_at IS NULL AND c.id > ?"
          + " ORDER BY c.id LIMIT ?";

  private final ChatConfig.Models config;
  private final Models models;
  private final Reads reads;
  private final Ledgers ledgers;
  private final Rounds rounds;

  RetiredModels(ChatConfig config, Models models, Reads reads, Ledgers ledgers, Rounds rounds) {
    this.config = config.models();
    this.models = models;
    this.reads = reads;
    this.ledgers = ledgers;
    this.rounds = rounds;
  }

  /** From one name to another. */
  private record Move(String from, String to, boolean renamed) {
    String notice() {
      return renamed
          ? "The model \"%s\" is now called \"%s\".".formatted(from, to)
          : "The model \"%s\" is no longer available. This conversation now uses \"%s\"."
              .formatted(from, to);
    }
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("retired-models", config.moveEvery(), this::sweep);
  }

  void sweep() throws InterruptedException {
    List<String> retired = models.fresh().retiredNames();
    if (retired.isEmpty()) {
      return;
    }
    List<String> inUse =
        reads.plain(
            connection ->
                Reads.all(
                    connection,
                    IN_USE,
                    rows -> rows.getString("name"),
                    connection.createArrayOf("text", retired.toArray())));
    for (String name : inUse) {
      moveAll(name);
    }
  }

  private void moveAll(String name) throws InterruptedException {
    int moved = 0;
    UUID after = FIRST;
    // Looked up for each batch: the model may have come back meanwhile.
    Optional<Move> move = move(name);
    while (move.isPresent()) {
      List<UUID> batch = next(name, after);
      if (batch.isEmpty()) {
        break;
      }
      moved += move(batch, move.get());
      after = batch.get(batch.size() - 1);
      Thread.sleep(config.movePause());
      move = move(name);
    }
    if (moved > 0) {
      LOG.infof("event=conversations_moved model=%s count=%d", name, moved);
    }
  }

  private Optional<Move> move(String name) {
    Catalog catalog = models.fresh();
    if (!catalog.retiredNames().contains(name)) {
      return Optional.empty();
    }
    return catalog
        .answering(name)
        .map(alias -> new Move(name, alias, true))
        .or(() -> catalog.defaultModel().map(target -> new Move(name, target, false)));
  }

  private List<UUID> next(String name, UUID after) {
    return reads.plain(
        connection ->
            Reads.all(
                connection,
                NEXT,
                rows -> rows.getObject("id", UUID.class),
                name,
                after,
                config.moveBatch()));
  }

  private int move(List<UUID> ids, Move move) {
    // Whoever writes in one of them right now is not kept waiting; it moves in the next sweep.
    Lookup lookup = new Lookup().skipLocked();
    ids.forEach(lookup::conversation);
    return ledgers.write(
        lookup,
        ledger -> {
          int moved = 0;
          for (LockedConversation in : ledger.conversations()) {
            if (!in.isClosed() && move.from().equals(in.settings().model())) {
              move(ledger, in, move);
              moved++;
            }
          }
          return moved;
        });
  }

  private static void move(Ledger ledger, LockedConversation in, Move move) {
    in.describe(in.title(), in.settings().withModel(move.to()));
    // No activity of anybody: lists keep their order.
    Instant quiet = in.notBefore(Instant.EPOCH);
    long changed = in.nextSeq(quiet);
    long told = in.nextSeq(quiet);
    StoredMessage notice =
        Births.notice(in.id(), told, Ids.next(), move.notice(), in.notBefore(ledger.now()));
    in.add(notice);
    ledger.emit(
        new ConversationChanged(in.name(), changed, in.toContract(), in.told(), null, null, null));
    ledger.emit(new MessageAdded(in.name(), told, notice.toContract(), in.told(), null, null));
  }
}
