package dev.confab.chat.conversation;

import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Where a list of conversations ordered by time goes on: after this one. */
public record ListCursor(Instant updatedAt, UUID id) {
  /** Where a list that begins with the oldest begins. */
  public static final ListCursor OLDEST = new ListCursor(Instant.EPOCH, new UUID(0, 0));

  private static final Instant FAR_FUTURE = Instant.parse("9999-01-01T00:00:00Z");
  private static final UUID HIGHEST = new UUID(-1L, -1L);

  /** Where a list that begins with the newest begins. */
  public static final ListCursor NEWEST = new ListCursor(FAR_FUTURE, HIGHEST);

  static ListCursor parse(String text) {
    return parse(text, NEWEST);
  }

  /** What a client sent, or where the list begins. */
  public static ListCursor parse(String text, ListCursor start) {
    if (text == null || text.isEmpty()) {
      return start;
    }
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int space = plain.indexOf(' ');
      UUID id = Ids.parse(plain.substring(space + 1)).orElseThrow(IllegalArgumentException::new);
      return new ListCursor(Instant.parse(plain.substring(0, Math.max(0, space))), id);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw ProblemException.invalid("cursor", "This is no cursor of this list.");
    }
  }

  /** What a client is to send. */
  public String write() {
    byte[] plain = (updatedAt + " " + id).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }
}
