package dev.confab.chat.ledger;

import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.ledger.Lookup.NameKey;
import dev.confab.chat.ledger.Lookup.ReactionKey;
import dev.confab.chat.reply.Persona;
import dev.confab.contracts.chat.Conversation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Reads what a {@link Lookup} names beyond what every message needs; nothing where it does not. */
final class RoomReader {
  private static final String OF_BIG_ONES =
      " JOIN conversations c ON c.id = k.conversation_id AND c.participant_count > "
          + Conversation.LISTED_PARTICIPANTS;
  private static final String BY_NAME =
      "SELECT "
          + ParticipantRow.COLUMNS
          + " FROM unnest(?, ?) AS k(conversation_id, name)"
          + OF_BIG_ONES
          + " JOIN participants p ON p.conversation_id = k.conversation_id"
          + " AND lower(p.name) = lower(k.name)";

  /** Its hosts, and of the others those who are there longest. */
  private static final String LEADERS =
      "SELECT h.* FROM unnest(?) AS k(conversation_id)"
          + OF_BIG_ONES
          + " CROSS JOIN LATERAL ((SELECT "
          + ParticipantRow.COLUMNS
          + " FROM participants p WHERE p.conversation_id = k.conversation_id"
          + " AND p.role = 'host') UNION ALL (SELECT "
          + ParticipantRow.COLUMNS
          + " FROM participants p WHERE p.conversation_id = k.conversation_id"
          + " AND p.role = 'member' ORDER BY p.joined_at, p.user_id LIMIT 2)) h";

  private static final String PERSONAS =
      "SELECT a.conversation_id, a.assistant_id, a.persona::text AS persona"
          + " FROM room_assistants a WHERE a.conversation_id = ANY(?)";

  /** One's own reaction, and the first ones: one more than is named, in case one goes. */
  private static final String REACTIONS =
      "SELECT r.* FROM unnest(?, ?, ?, ?) AS k(conversation_id, message_id, emoji, user_id)"
          + " CROSS JOIN LATERAL ((SELECT o.* FROM reactions o"
          + " WHERE o.conversation_id = k.conversation_id AND o.message_id = k.message_id"
          + " AND o.emoji = k.emoji AND o.user_id = k.user_id) UNION"
          + " (SELECT f.* FROM reactions f"
          + " WHERE f.conversation_id = k.conversation_id AND f.message_id = k.message_id"
          + " AND f.emoji = k.emoji ORDER BY f.seq LIMIT "
          + (RoomState.NAMED_REACTORS + 1)
          + ")) r";

  private RoomReader() {}

  static void read(Statements all, Lookup lookup, Ledger ledger) throws SQLException {
    if (!lookup.names().isEmpty()) {
      all.query(BY_NAME, rows -> LedgerReader.loadParticipant(rows, ledger))
          .with("uuid", lookup.names(), NameKey::conversationId)
          .with("text", lookup.names(), NameKey::name);
    }
    if (!lookup.leaders().isEmpty()) {
      all.query(LEADERS, rows -> LedgerReader.loadParticipant(rows, ledger))
          .with("uuid", lookup.leaders(), id -> id);
    }
    if (!lookup.personas().isEmpty()) {
      all.query(PERSONAS, rows -> loadPersona(rows, ledger))
          .with("uuid", lookup.personas(), id -> id);
    }
    if (!lookup.reactions().isEmpty()) {
      all.query(REACTIONS, rows -> loadReaction(rows, ledger))
          .with("uuid", lookup.reactions(), ReactionKey::conversationId)
          .with("uuid", lookup.reactions(), ReactionKey::messageId)
          .with("text", lookup.reactions(), ReactionKey::emoji)
          .with("text", lookup.reactions(), ReactionKey::userId);
    }
  }

  private static void loadPersona(ResultSet rows, Ledger ledger) throws SQLException {
    UUID conversation = rows.getObject("conversation_id", UUID.class);
    String assistant = rows.getString("assistant_id");
    Persona persona = Persona.read(rows.getString("persona"));
    ledger.conversation(conversation).ifPresent(c -> c.room().load(assistant, persona));
  }

  private static void loadReaction(ResultSet rows, Ledger ledger) throws SQLException {
    UUID conversation = rows.getObject("conversation_id", UUID.class);
    UUID message = rows.getObject("message_id", UUID.class);
    String emoji = rows.getString("emoji");
    String user = rows.getString("user_id");
    long seq = rows.getLong("seq");
    ledger
        .conversation(conversation)
        .ifPresent(c -> c.room().loadReaction(message, emoji, user, seq));
  }
}
