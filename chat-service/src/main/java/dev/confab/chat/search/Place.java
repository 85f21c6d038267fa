package dev.confab.chat.search;

import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Comparator;
import java.util.UUID;

/** Where a message stands among all that a search may find, newest first. */
record Place(Instant at, UUID conversationId, long seq) {
  /** Before everything. */
  static final Place FIRST =
      new Place(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1), Long.MAX_VALUE);

  // Conversations in PostgreSQL's order, which is that of the text.
  static final Comparator<Place> NEWEST_FIRST =
      Comparator.comparing(Place::at)
          .thenComparing(p -> p.conversationId().toString())
          .thenComparing(Place::seq)
          .reversed();

  static Place read(ResultSet rows) throws SQLException {
    return new Place(
        rows.getObject("at", OffsetDateTime.class).toInstant(),
        rows.getObject("conversation_id", UUID.class),
        rows.getLong("seq"));
  }

  static Place parse(String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return FIRST;
    }
    try {
      String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String[] parts = plain.split(" ", 3);
      return new Place(
          Instant.parse(parts[0]),
          Ids.parse(parts[1]).orElseThrow(IllegalArgumentException::new),
          Long.parseLong(parts[2]));
    } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
      throw ProblemException.invalid("cursor", "This is no cursor of this search.");
    }
  }

  String cursor() {
    byte[] plain = (at + " " + conversationId + ' ' + seq).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }
}
