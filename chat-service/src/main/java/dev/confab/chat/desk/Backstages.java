package dev.confab.chat.desk;

import dev.confab.chat.conversation.ConversationChanges;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.chat.Conversation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * The conversation that the operators of a dialog have about it. It is made when somebody first
 * asks for it; nobody takes part in it, and nothing of the dialog names it.
 */
@ApplicationScoped
class Backstages {
  private static final String FIND =
      "SELECT d.backstage_id FROM support_dialogs d WHERE d.conversation_id = ?"
          + " AND d.backstage_id IS NOT NULL";

  // Whoever comes second waits for the row, and gets what the first one made.
  private static final String TAKE =
      "UPDATE support_dialogs d SET backstage_id = COALESCE(d.backstage_id, ?)"
          + " WHERE d.conversation_id = ? RETURNING d.backstage_id";
  private static final String INSERT =
      "INSERT INTO conversations (id, kind, owner, site_id, history, participant_count, sensitive,"
          + " created_at, updated_at) SELECT ?, 'backstage', 'member', d.site_id, ?, 0, false, now(),"
          + " now() FROM support_dialogs d WHERE d.conversation_id = ?";

  private final Reads reads;
  private final Ledgers ledgers;

  Backstages(Reads reads, Ledgers ledgers) {
    this.reads = reads;
    this.ledgers = ledgers;
  }

  /** What the operators of a dialog talk in. */
  Conversation of(UUID dialog) {
    UUID id = find(dialog).orElseGet(() -> make(dialog));
    return ledgers.write(
        new Lookup().conversation(id),
        ledger -> ledger.conversation(id).orElseThrow().toContract());
  }

  private UUID make(UUID dialog) {
    UUID wanted = Ids.next();
    ledgers.write(
        connection -> {
          UUID taken =
              Reads.first(connection, TAKE, rows -> rows.getObject(1, UUID.class), wanted, dialog)
                  .orElseThrow(() -> ProblemException.notFound("dialog"));
          if (taken.equals(wanted)) {
            Update.run(connection, INSERT, wanted, UUID.randomUUID(), dialog);
          }
        },
        new Lookup().conversation(wanted),
        ledger -> {
          ledger
              .conversation(wanted)
              .ifPresent(in -> ConversationChanges.announce(ledger, in, null));
          return null;
        });
    return find(dialog).orElseThrow();
  }

  private Optional<UUID> find(UUID dialog) {
    return reads.plain(c -> Reads.first(c, FIND, rows -> rows.getObject(1, UUID.class), dialog));
  }
}
