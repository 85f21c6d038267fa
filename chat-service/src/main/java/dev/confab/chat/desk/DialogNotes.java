package dev.confab.chat.desk;

import dev.confab.chat.conversation.Instants;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatEvent.DialogChanged;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is noted of a dialog beside what is said there: tags and the visitor's rating. */
@ApplicationScoped
class DialogNotes {
  private static final int MAX_TAGS = 20;
  private static final int MAX_TAG_CHARS = 40;
  private static final int MAX_SCORE = 5;
  private static final int MAX_COMMENT_CHARS = 2_000;
  private static final String CLOSED = "none";
  private static final String PUT_TAGS =
      "UPDATE support_dialogs SET tags = ? WHERE conversation_id = ?";
  private static final String LOCK =
      "SELECT d.state FROM support_dialogs d WHERE d.conversation_id = ? AND d.visitor_id = ?"
          + " FOR UPDATE";
  private static final String PUT_RATING =
      "UPDATE support_dialogs SET rating = ?, rating_comment = ?, rated_at = clock_timestamp()"
          + " WHERE conversation_id = ? RETURNING rating, rating_comment, rated_at";

  private final Ledgers ledgers;

  DialogNotes(Ledgers ledgers) {
    this.ledgers = ledgers;
  }

  /** Calls a dialog by these tags and no others. */
  List<String> tag(UUID id, List<String> wanted) {
    List<String> tags = checked(wanted);
    change(id, c -> Update.run(c, PUT_TAGS, c.createArrayOf("text", tags.toArray()), id));
    return tags;
  }

  private static List<String> checked(List<String> wanted) {
    if (wanted == null || wanted.size() > MAX_TAGS || wanted.stream().anyMatch(t -> !isTag(t))) {
      throw ProblemException.invalid(
          "tags", "At most %d texts of 1 to %d characters.".formatted(MAX_TAGS, MAX_TAG_CHARS));
    }
    return wanted.stream().map(t -> MessageText.storable(t.strip())).distinct().toList();
  }

  private static boolean isTag(String text) {
    return text != null && !text.isBlank() && text.strip().length() <= MAX_TAG_CHARS;
  }

  /**
   * Keeps what the visitor thinks; the last word counts.
   *
   * @throws ProblemException {@code NOT_FOUND} if it is not this visitor's dialog, {@code CONFLICT}
   *     if it is not closed yet
   */
  Rating rate(UUID id, String visitorId, Integer score, String comment) {
    if (score == null || score < 1 || score > MAX_SCORE) {
      throw ProblemException.invalid("score", "A whole number from 1 to " + MAX_SCORE + ".");
    }
    if (comment != null && comment.length() > MAX_COMMENT_CHARS) {
      throw ProblemException.invalid("comment", "At most " + MAX_COMMENT_CHARS + " characters.");
    }
    String said =
        comment == null || comment.isBlank() ? null : MessageText.storable(comment.strip());
    return change(
        id,
        connection -> {
          mustBeClosed(connection, id, visitorId);
          return Reads.first(
                  connection,
                  PUT_RATING,
                  rows ->
                      new Rating(
                          rows.getInt("rating"),
                          rows.getString("rating_comment"),
                          Instants.read(rows, "rated_at")),
                  score,
                  said,
                  id)
              .orElseThrow();
        });
  }

  private static void mustBeClosed(Connection connection, UUID id, String visitorId)
      throws SQLException {
    String state =
        Reads.first(connection, LOCK, rows -> rows.getString("state"), id, visitorId)
            .orElseThrow(() -> ProblemException.notFound("dialog"));
    if (!CLOSED.equals(state)) {
      throw new ProblemException(ErrorCode.CONFLICT, "A dialog is rated when it is closed.");
    }
  }

  private <T> T change(UUID id, Reads.Query<T> change) {
    List<T> changed = new ArrayList<>(1);
    ledgers.write(
        connection -> changed.add(change.run(connection)),
        new Lookup(),
        ledger -> {
          ledger.emit(new DialogChanged(id.toString()));
          return null;
        });
    return changed.get(0);
  }
}
