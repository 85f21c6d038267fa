package dev.confab.chat.conversation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * How a visitor is attended to.
 *
 * @param ownerSince since when who answers does so, null if that never changed
 * @param openTurn the visitor's last message that nobody has answered, or null
 * @param openTurnSeq number of that message, 0 if there is none
 * @param answerBy when the operator who answers must have said something, or null
 */
public record Attendance(Instant ownerSince, UUID openTurn, long openTurnSeq, Instant answerBy) {
  /** The columns that {@link #read} expects, of a table aliased {@code c}. */
  static final String COLUMNS = "c.owner_since, c.open_turn, c.open_turn_seq, c.answer_by";

  static Attendance read(ResultSet rows) throws SQLException {
    return new Attendance(
        Instants.read(rows, "owner_since"),
        rows.getObject("open_turn", UUID.class),
        rows.getLong("open_turn_seq"),
        Instants.read(rows, "answer_by"));
  }

  /** Whether the visitor waits for an answer. */
  public boolean isOpen() {
    return openTurn != null;
  }

  /** The same, after the visitor said something that is to be answered. */
  public Attendance opened(UUID turn, long seq) {
    return new Attendance(ownerSince, turn, seq, answerBy);
  }

  /** The same, having been answered. */
  public Attendance answered() {
    return new Attendance(ownerSince, null, 0, null);
  }

  /** The same, with so much time for the operator, from now unless it runs already. */
  public Attendance within(Duration time, Instant now) {
    return new Attendance(
        ownerSince, openTurn, openTurnSeq, answerBy == null ? now.plus(time) : answerBy);
  }

  /** The same, by somebody else from now on. */
  public Attendance passedOn(Instant now) {
    return new Attendance(now, openTurn, openTurnSeq, null);
  }
}
