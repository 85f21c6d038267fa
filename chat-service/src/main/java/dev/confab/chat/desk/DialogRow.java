package dev.confab.chat.desk;

import dev.confab.chat.conversation.ConversationRow;
import dev.confab.chat.conversation.Instants;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.desk.DialogItem.SeenVisitor;
import dev.confab.chat.message.StoredMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A dialog as its two rows say. */
record DialogRow(
    ConversationRow conversation,
    SeenVisitor visitor,
    Instant stateSince,
    Instant now,
    List<String> tags,
    Rating rating) {
  /** The columns that {@link #read} expects, of tables aliased {@code d} and {@code c}. */
  static final String COLUMNS =
      ConversationRow.COLUMNS
          + ", d.visitor_id, d.visitor_name, d.page_url, d.page_title, d.state_since, d.tags,"
          + " d.rating, d.rating_comment, d.rated_at, clock_timestamp() AS now";

  private static final String WAITING = "waiting";

  static DialogRow read(ResultSet rows) throws SQLException {
    int score = rows.getInt("rating");
    return new DialogRow(
        ConversationRow.read(rows),
        new SeenVisitor(
            rows.getString("visitor_id"),
            rows.getString("visitor_name"),
            rows.getString("page_url"),
            rows.getString("page_title")),
        Instants.read(rows, "state_since"),
        Instants.read(rows, "now"),
        List.of((String[]) rows.getArray("tags").getArray()),
        score == 0
            ? null
            : new Rating(score, rows.getString("rating_comment"), Instants.read(rows, "rated_at")));
  }

  UUID id() {
    return conversation.id();
  }

  DialogItem item(List<ParticipantRow> participants, StoredMessage last, int unanswered) {
    boolean waits = WAITING.equals(conversation.owner());
    return new DialogItem(
        conversation.toContract(participants),
        conversation.siteId(),
        visitor,
        waits ? stateSince : null,
        waits ? Math.max(0, Duration.between(stateSince, now).toSeconds()) : null,
        conversation.operatorId(),
        operatorName(participants),
        tags,
        rating,
        last == null ? null : last.toContract(),
        unanswered);
  }

  private String operatorName(List<ParticipantRow> participants) {
    return participants.stream()
        .filter(p -> p.userId().equals(conversation.operatorId()))
        .map(ParticipantRow::name)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
