package dev.confab.chat.standin;

import dev.confab.chat.conversation.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message that somebody's stand-in may answer.
 *
 * @param turnId the message
 * @param candidates the members of whom one may be answered for, those asked for by name first
 * @param dueAt when the grace is over and it is asked who is away
 */
public record StandInTurn(
    UUID conversationId, UUID turnId, long turnSeq, List<String> candidates, Instant dueAt) {
  static final String COLUMNS = "t.conversation_id, t.turn_id, t.turn_seq, t.candidates, t.due_at";

  static StandInTurn read(ResultSet rows) throws SQLException {
    return new StandInTurn(
        rows.getObject("conversation_id", UUID.class),
        rows.getObject("turn_id", UUID.class),
        rows.getLong("turn_seq"),
        List.of((String[]) rows.getArray("candidates").getArray()),
        Instants.read(rows, "due_at"));
  }
}
