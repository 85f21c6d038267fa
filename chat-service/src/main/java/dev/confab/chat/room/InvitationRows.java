package dev.confab.chat.room;

import dev.confab.chat.conversation.Instants;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How invitations stand in their table. */
final class InvitationRows {
  /** What somebody with a link learns. */
  record Offer(UUID conversationId, String title, int participantCount) {}

  private static final String GOOD =
      " i.revoked_at IS NULL AND i.expires_at > clock_timestamp()"
          + " AND (i.max_uses IS NULL OR i.uses < i.max_uses)";
  private static final String INSERT =
      "INSERT INTO invitations (id, conversation_id, token_hash, created_by, created_by_name,"
          + " created_at, expires_at, max_uses) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String COUNT =
      "SELECT count(*) AS count FROM invitations i WHERE i.conversation_id = ? AND" + GOOD;
  private static final String LIST =
      "SELECT "
          + Invitation.COLUMNS
          + " FROM invitations i WHERE i.conversation_id = ? AND"
          + GOOD
          + " ORDER BY i.created_at";
  private static final String REVOKE =
      "UPDATE invitations i SET revoked_at = clock_timestamp() WHERE i.id = ?"
          + " AND i.conversation_id = ? AND"
          + GOOD;
  private static final String OFFER =
      "SELECT c.id, c.title, c.participant_count FROM invitations i"
          + " JOIN conversations c ON c.id = i.conversation_id"
          + " WHERE i.token_hash = ? AND c.deleted_at IS NULL AND"
          + GOOD;

  /** Checks and counts at once: of two for the last use one finds nothing left. */
  private static final String USE =
      "UPDATE invitations i SET uses = uses + 1 WHERE i.token_hash = ? AND" + GOOD;

  private InvitationRows() {}

  static void insert(
      Connection connection, UUID conversation, Invitation invitation, InvitationToken token)
      throws SQLException {
    Update.run(
        connection,
        INSERT,
        invitation.id(),
        conversation,
        token.hash(),
        invitation.createdBy(),
        invitation.createdByName(),
        Instants.parameter(invitation.createdAt()),
        Instants.parameter(invitation.expiresAt()),
        invitation.maxUses());
  }

  static int count(Connection connection, UUID conversation) throws SQLException {
    return Reads.first(connection, COUNT, rows -> rows.getInt("count"), conversation).orElse(0);
  }

  static List<Invitation> list(Connection connection, UUID conversation) throws SQLException {
    return Reads.all(connection, LIST, Invitation::read, conversation);
  }

  static boolean revoke(Connection connection, UUID conversation, UUID id) throws SQLException {
    return Update.run(connection, REVOKE, id, conversation) > 0;
  }

  static Optional<Offer> offer(Connection connection, InvitationToken token) throws SQLException {
    return Reads.first(
        connection,
        OFFER,
        rows ->
            new Offer(
                rows.getObject("id", UUID.class),
                rows.getString("title"),
                rows.getInt("participant_count")),
        token.hash());
  }

  static boolean use(Connection connection, InvitationToken token) throws SQLException {
    return Update.run(connection, USE, token.hash()) > 0;
  }
}
