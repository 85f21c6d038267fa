package dev.confab.chat.conversation;

import dev.confab.contracts.chat.ConversationView;
import dev.confab.contracts.chat.Participant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * Who takes part in a conversation, with what is their own about it.
 *
 * @param name null until the user first acts there
 * @param role {@code host}, {@code member} or {@code operator}
 * @param aiStandIn whether the AI answers for them while they are away
 */
public record ParticipantRow(
    UUID conversationId,
    String userId,
    String name,
    String role,
    long lastReadSeq,
    boolean pinned,
    boolean archived,
    Instant joinedAt,
    boolean aiStandIn) {
  /** The role that may change the conversation. */
  public static final String HOST = "host";

  /** The role of everybody else. */
  public static final String MEMBER = "member";

  /** The role of who answers a visitor. */
  public static final String OPERATOR = "operator";

  /** The columns that {@link #read} expects, of a table aliased {@code p}. */
  public static final String COLUMNS =
      "p.conversation_id, p.user_id, p.name, p.role, p.last_read_seq, p.pinned, p.archived,"
          + " p.joined_at, p.ai_stand_in";

  /** Whom nobody answers for. */
  public ParticipantRow(
      UUID conversationId,
      String userId,
      String name,
      String role,
      long lastReadSeq,
      boolean pinned,
      boolean archived,
      Instant joinedAt) {
    this(conversationId, userId, name, role, lastReadSeq, pinned, archived, joinedAt, false);
  }

  /** Reads the row under the cursor. */
  public static ParticipantRow read(ResultSet rows) throws SQLException {
    return new ParticipantRow(
        rows.getObject("conversation_id", UUID.class),
        rows.getString("user_id"),
        rows.getString("name"),
        rows.getString("role"),
        rows.getLong("last_read_seq"),
        rows.getBoolean("pinned"),
        rows.getBoolean("archived"),
        Instants.read(rows, "joined_at"),
        rows.getBoolean("ai_stand_in"));
  }

  /** Whether this participant may change the conversation. */
  public boolean isHost() {
    return HOST.equals(role);
  }

  /** The same, known by another name. */
  public ParticipantRow named(String newName) {
    return new ParticipantRow(
        conversationId, userId, newName, role, lastReadSeq, pinned, archived, joinedAt, aiStandIn);
  }

  /** The same in another role. */
  public ParticipantRow inRole(String newRole) {
    return new ParticipantRow(
        conversationId, userId, name, newRole, lastReadSeq, pinned, archived, joinedAt, aiStandIn);
  }

  /** The same, having read up to a number; it never moves back. */
  public ParticipantRow readUpTo(long seq) {
    long moved = Math.max(lastReadSeq, seq);
    return new ParticipantRow(
        conversationId, userId, name, role, moved, pinned, archived, joinedAt, aiStandIn);
  }

  /** The same, listed otherwise; null leaves as it is. */
  public ParticipantRow listed(Boolean newPinned, Boolean newArchived) {
    return new ParticipantRow(
        conversationId,
        userId,
        name,
        role,
        lastReadSeq,
        newPinned == null ? pinned : newPinned,
        newArchived == null ? archived : newArchived,
        joinedAt,
        aiStandIn);
  }

  /** The same, answered for or not. */
  public ParticipantRow standIn(boolean on) {
    return new ParticipantRow(
        conversationId, userId, name, role, lastReadSeq, pinned, archived, joinedAt, on);
  }

  Participant toContract() {
    return new Participant(userId, name, role, aiStandIn ? true : null);
  }

  /** One's own view, given how much is unread. */
  public ConversationView view(Unread unread) {
    return new ConversationView(
        unread.messages(), unread.mentions(), lastReadSeq, pinned, archived);
  }
}
