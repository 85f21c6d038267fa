package dev.confab.chat.desk;

import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.ledger.Writes;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.chat.support.Sites;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Canned replies: those of all sites are everybody's at the desk, those of a site its operators'.
 */
@ApplicationScoped
class CannedReplies {
  private static final int MAX_SHORTCUT_CHARS = 40;
  private static final int MAX_TEXT_CHARS = 4_000;
  private static final int MAX_LISTED = 1_000;
  private static final String MAY =
      "(?::boolean OR " + OperatorAccess.works("r.site_id", "?::text") + ")";
  private static final String LIST =
      "SELECT "
          + CannedReply.COLUMNS
          + " FROM canned_replies r WHERE (?::uuid IS NULL OR r.site_id IS NULL OR r.site_id = ?)"
          + " AND "
          + MAY
          + " ORDER BY r.shortcut, r.id LIMIT "
          + MAX_LISTED;
  private static final String ONE =
      "SELECT " + CannedReply.COLUMNS + " FROM canned_replies r WHERE r.id = ? AND " + MAY;
  private static final String TAKEN =
      "SELECT 1 FROM canned_replies r WHERE r.site_id IS NOT DISTINCT FROM ?::uuid"
          + " AND r.shortcut = ? AND r.id <> ?";
  private static final String PUT =
      "INSERT INTO canned_replies AS r (id, site_id, shortcut, content, created_by, created_at,"
          + " updated_at) VALUES (?, ?, ?, ?, ?, now(), now()) ON CONFLICT (id) DO UPDATE SET"
          + " site_id = EXCLUDED.site_id, shortcut = EXCLUDED.shortcut,"
          + " content = EXCLUDED.content, updated_at = now() RETURNING "
          + CannedReply.COLUMNS;
  private static final String DELETE = "DELETE FROM canned_replies r WHERE r.id = ? AND " + MAY;

  /**
   * A canned reply to be kept.
   *
   * @param siteId null for all sites
   */
  public record Wanted(String shortcut, String text, String siteId) {}

  private final Reads reads;
  private final Writes writes;
  private final Sites sites;

  CannedReplies(Reads reads, Writes writes, Sites sites) {
    this.reads = reads;
    this.writes = writes;
    this.sites = sites;
  }

  /** By their shortcuts; of one site and of all, or with null whatever the actor may use. */
  List<CannedReply> list(Actor actor, UUID siteId) {
    return reads.plain(
        c -> Reads.all(c, LIST, CannedReply::read, siteId, siteId, isAdmin(actor), actor.userId()));
  }

  /** One of them. */
  CannedReply get(UUID id, Actor actor) {
    return reads.plain(c -> find(c, id, actor));
  }

  private static CannedReply find(Connection connection, UUID id, Actor actor) throws SQLException {
    return Reads.first(connection, ONE, CannedReply::read, id, isAdmin(actor), actor.userId())
        .orElseThrow(CannedReplies::noSuchReply);
  }

  CannedReply create(Actor actor, Wanted wanted) {
    UUID site = site(actor, wanted);
    return writes.run(c -> put(c, Ids.next(), site, actor, wanted));
  }

  CannedReply replace(UUID id, Actor actor, Wanted wanted) {
    UUID site = site(actor, wanted);
    return writes.run(
        c -> {
          find(c, id, actor);
          return put(c, id, site, actor, wanted);
        });
  }

  void delete(UUID id, Actor actor) {
    int deleted = writes.run(c -> Update.run(c, DELETE, id, isAdmin(actor), actor.userId()));
    if (deleted == 0) {
      throw noSuchReply();
    }
  }

  private UUID site(Actor actor, Wanted wanted) {
    if (wanted == null) {
      throw ProblemException.invalid("body", "Send an object.");
    }
    return wanted.siteId() == null ? null : sites.worked(wanted.siteId(), actor);
  }

  private static CannedReply put(
      Connection connection, UUID id, UUID site, Actor actor, Wanted wanted) throws SQLException {
    String shortcut = text("shortcut", wanted.shortcut(), MAX_SHORTCUT_CHARS);
    String text = text("text", wanted.text(), MAX_TEXT_CHARS);
    if (Reads.first(connection, TAKEN, rows -> true, site, shortcut, id).isPresent()) {
      throw new ProblemException(ErrorCode.CONFLICT, "This shortcut is taken.", "shortcut");
    }
    return Reads.first(connection, PUT, CannedReply::read, id, site, shortcut, text, actor.userId())
        .orElseThrow();
  }

  private static String text(String field, String value, int maxChars) {
    String text = value == null ? "" : value.strip();
    if (text.isEmpty() || text.length() > maxChars) {
      throw ProblemException.invalid(field, "From 1 to " + maxChars + " characters.");
    }
    return MessageText.storable(text);
  }

  private static boolean isAdmin(Actor actor) {
    return OperatorAccess.isAdmin(actor.roles());
  }

  private static ProblemException noSuchReply() {
    return ProblemException.notFound("canned reply");
  }
}
