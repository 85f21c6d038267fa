package dev.confab.chat.conversation;

import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Where a list ordered by activity goes on: after this conversation. */
record ListCursor(Instant updatedAt, UUID id) {
  private static final Instant FAR_FUTURE = Instant.parse("9999-01-01T00:00:00Z");
  private static final UUID HIGHEST = new UUID(-1L, -1L);

  static ListCursor parse(String text) {
    if (text == null || text.isEmpty()) {
      return new ListCursor(FAR_FUTURE, HIGHEST);
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

  String write() {
    byte[] plain = (updatedAt + " " + id).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }
}
