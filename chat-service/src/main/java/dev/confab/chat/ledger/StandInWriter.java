package dev.confab.chat.ledger;

import dev.confab.chat.standin.StandInTurn;
import java.sql.SQLException;
import java.util.UUID;

/** Writes what is kept of stand-ins. */
final class StandInWriter {
  private static final String INSERT_TURN =
      "INSERT INTO stand_in_turns (conversation_id, turn_id, turn_seq, candidates, due_at)"
          + " VALUES (?, ?, ?, ?, ?::timestamptz) ON CONFLICT DO NOTHING";
  private static final String UPDATE_NOTE =
      "UPDATE participants p SET stand_in_note = ?::text"
          + " WHERE p.conversation_id = ? AND p.user_id = ?";

  record Note(UUID conversationId, String userId, String text) {}

  private StandInWriter() {}

  static void write(Statements statements, Ledger ledger) throws SQLException {
    for (StandInTurn each : ledger.standInTurns()) {
      statements
          .change(INSERT_TURN)
          .with(each.conversationId())
          .with(each.turnId())
          .with(each.turnSeq())
          .with("text", each.candidates(), user -> user)
          .with(each.dueAt().toString());
    }
    for (Note each : ledger.standInNotes()) {
      statements
          .change(UPDATE_NOTE)
          .with(each.text())
          .with(each.conversationId())
          .with(each.userId());
    }
  }
}
