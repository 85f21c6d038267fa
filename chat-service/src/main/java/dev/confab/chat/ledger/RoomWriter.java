package dev.confab.chat.ledger;

import dev.confab.chat.conversation.AssistantMembers;
import dev.confab.chat.ledger.RoomState.MentionRow;
import dev.confab.chat.ledger.RoomState.PersonaRow;
import dev.confab.chat.ledger.RoomState.ReactionRow;
import dev.confab.chat.reply.Persona;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Writes what changed of {@link RoomState}s; nothing for messages that are no more than text. */
final class RoomWriter {
  private record Cleared(UUID conversationId, UUID messageId) {}

  private static final String UPDATE_ASSISTANTS =
      "UPDATE conversations c SET assistants = k.assistants::jsonb"
          + " FROM unnest(?, ?) AS k(id, assistants) WHERE c.id = k.id";
  private static final String INSERT_PERSONAS =
      "INSERT INTO room_assistants (conversation_id, assistant_id, persona, added_by, added_at)"
          + " SELECT k.conversation_id, k.assistant_id, k.persona::jsonb, k.added_by,"
          + " clock_timestamp()"
          + " FROM unnest(?, ?, ?, ?) AS k(conversation_id, assistant_id, persona, added_by)"
          + " ON CONFLICT (conversation_id, assistant_id) DO UPDATE SET persona = EXCLUDED.persona";
  private static final String DELETE_PERSONAS =
      "DELETE FROM room_assistants a USING unnest(?, ?) AS k(conversation_id, assistant_id)"
          + " WHERE a.conversation_id = k.conversation_id AND a.assistant_id = k.assistant_id";
  private static final String INSERT_MENTIONS =
      "INSERT INTO mentions (conversation_id, user_id, seq) SELECT * FROM unnest(?, ?, ?)"
          + " ON CONFLICT DO NOTHING";
  private static final String DELETE_MENTIONS =
      "DELETE FROM mentions m USING unnest(?, ?, ?) AS k(conversation_id, user_id, seq)"
          + " WHERE m.conversation_id = k.conversation_id AND m.user_id = k.user_id"
          + " AND m.seq = k.seq";
  private static final String INSERT_REACTIONS =
      "INSERT INTO reactions (conversation_id, message_id, emoji, user_id, seq)"
          + " SELECT * FROM unnest(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String DELETE_REACTIONS =
      "DELETE FROM reactions r"
          + " USING unnest(?, ?, ?, ?) AS k(conversation_id, message_id, emoji, user_id)"
          + " WHERE r.conversation_id = k.conversation_id AND r.message_id = k.message_id"
          + " AND r.emoji = k.emoji AND r.user_id = k.user_id";
  private static final String CLEAR_REACTIONS =
      "DELETE FROM reactions r USING unnest(?, ?) AS k(conversation_id, message_id)"
          + " WHERE r.conversation_id = k.conversation_id AND r.message_id = k.message_id";

  private RoomWriter() {}

  static void write(Statements statements, Ledger ledger) throws SQLException {
    List<RoomState> rooms =
        ledger.conversations().stream()
            .map(LockedConversation::room)
            .filter(room -> !room.isUntouched())
            .toList();
    if (rooms.isEmpty()) {
      return;
    }
    assistants(statements, rooms.stream().filter(RoomState::isAssistantsChanged).toList());
    insertPersonas(statements, gather(rooms, r -> r.personaRows(true)));
    deletePersonas(statements, gather(rooms, r -> r.personaRows(false)));
    mentions(statements, DELETE_MENTIONS, gather(rooms, r -> r.mentionRows(false)));
    mentions(statements, INSERT_MENTIONS, gather(rooms, r -> r.mentionRows(true)));
    insertReactions(statements, gather(rooms, r -> r.reactionRows(true)));
    deleteReactions(statements, gather(rooms, r -> r.reactionRows(false)));
    clearReactions(
        statements,
        gather(rooms, r -> r.cleared().stream().map(m -> new Cleared(r.id(), m)).toList()));
  }

  private static <T> List<T> gather(
      List<RoomState> rooms, Function<RoomState, Collection<T>> part) {
    return rooms.stream().map(part).flatMap(Collection::stream).toList();
  }

  private static void assistants(Statements statements, List<RoomState> rows) throws SQLException {
    if (!rows.isEmpty()) {
      statements
          .change(UPDATE_ASSISTANTS)
          .with("uuid", rows, RoomState::id)
          .with("text", rows, r -> AssistantMembers.write(r.assistants()));
    }
  }

  private static void insertPersonas(Statements statements, List<PersonaRow> rows)
      throws SQLException {
    if (!rows.isEmpty()) {
      statements
          .change(INSERT_PERSONAS)
          .with("uuid", rows, PersonaRow::conversationId)
          .with("text", rows, PersonaRow::assistantId)
          .with("text", rows, p -> Persona.write(p.persona()))
          .with("text", rows, PersonaRow::addedBy);
    }
  }

  private static void deletePersonas(Statements statements, List<PersonaRow> rows)
      throws SQLException {
    if (!rows.isEmpty()) {
      statements
          .change(DELETE_PERSONAS)
          .with("uuid", rows, PersonaRow::conversationId)
          .with("text", rows, PersonaRow::assistantId);
    }
  }

  private static void mentions(Statements statements, String sql, List<MentionRow> rows)
      throws SQLException {
    if (!rows.isEmpty()) {
      statements
          .change(sql)
          .with("uuid", rows, MentionRow::conversationId)
          .with("text", rows, MentionRow::userId)
          .with("bigint", rows, MentionRow::seq);
    }
  }

  private static void insertReactions(Statements statements, List<ReactionRow> rows)
      throws SQLException {
    if (!rows.isEmpty()) {
      statements
          .change(INSERT_REACTIONS)
          .with("uuid", rows, ReactionRow::conversationId)
          .with("uuid", rows, ReactionRow::messageId)
          .with("text", rows, ReactionRow::emoji)
          .with("text", rows, ReactionRow::userId)
          .with("bigint", rows, ReactionRow::seq);
    }
  }

  private static void deleteReactions(Statements statements, List<ReactionRow> rows)
      throws SQLException {
    if (!rows.isEmpty()) {
      statements
          .change(DELETE_REACTIONS)
          .with("uuid", rows, ReactionRow::conversationId)
          .with("uuid", rows, ReactionRow::messageId)
          .with("text", rows, ReactionRow::emoji)
          .with("text", rows, ReactionRow::userId);
    }
  }

  private static void clearReactions(Statements statements, List<Cleared> rows)
      throws SQLException {
    if (!rows.isEmpty()) {
      statements
          .change(CLEAR_REACTIONS)
          .with("uuid", rows, Cleared::conversationId)
          .with("uuid", rows, Cleared::messageId);
    }
  }
}
