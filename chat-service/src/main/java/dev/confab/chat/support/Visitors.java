package dev.confab.chat.support;

import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.reply.Reply;
import dev.confab.contracts.chat.ChatEvent.DialogChanged;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The visitor's side of a dialog: who they are, from where they may come, what they look at. */
@ApplicationScoped
class Visitors {
  private static final String ONE =
      "SELECT c.id, c.assistant_id, d.site_id, d.visitor_id, d.visitor_name, c.owner, s.origins,"
          + " COALESCE(s.token_required, false) AS token_required FROM support_dialogs d"
          + " JOIN conversations c ON c.id = d.conversation_id LEFT JOIN sites s ON s.id = d.site_id"
          + " WHERE d.conversation_id = ?";
  private static final String LOCK_PAGE =
      "SELECT d.page_url, d.page_title FROM support_dialogs d WHERE d.conversation_id = ?"
          + " FOR UPDATE";
  private static final String PUT_PAGE =
      "UPDATE support_dialogs SET page_url = ?, page_title = ? WHERE conversation_id = ?";

  private final Reads reads;
  private final Ledgers ledgers;

  Visitors(Reads reads, Ledgers ledgers) {
    this.reads = reads;
    this.ledgers = ledgers;
  }

  /** Who visits in a dialog, and whether they may from there; empty if it is none. */
  Optional<VisitorAccess> find(UUID dialog, String origin) {
    return reads.plain(c -> Reads.first(c, ONE, rows -> read(rows, origin), dialog));
  }

  private static VisitorAccess read(ResultSet rows, String origin) throws SQLException {
    Array origins = rows.getArray("origins");
    Origins allowed =
        origins == null ? Origins.ANY : new Origins(List.of((String[]) origins.getArray()));
    String assistant = rows.getString("assistant_id");
    return new VisitorAccess(
        rows.getString("id"),
        assistant == null ? Reply.DEFAULT_ASSISTANT : assistant,
        rows.getObject("site_id", UUID.class),
        rows.getString("visitor_id"),
        rows.getString("visitor_name"),
        rows.getString("owner"),
        allowed.allow(origin),
        rows.getBoolean("token_required"));
  }

  /** Keeps which page the visitor looks at now, and lets operators know. */
  void lookAt(UUID dialog, VisitedPage asked) {
    VisitedPage page = asked.checked();
    ledgers.write(
        connection -> {
          VisitedPage before =
              Reads.first(
                      connection,
                      LOCK_PAGE,
                      rows ->
                          new VisitedPage(rows.getString("page_url"), rows.getString("page_title")),
                      dialog)
                  .orElseThrow(() -> ProblemException.notFound("dialog"));
          if (!Objects.equals(before, page)) {
            Update.run(connection, PUT_PAGE, page.url(), page.title(), dialog);
          }
        },
        new Lookup(),
        ledger -> {
          ledger.emit(new DialogChanged(dialog.toString()));
          return null;
        });
  }
}
