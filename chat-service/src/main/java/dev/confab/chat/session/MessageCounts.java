package dev.confab.chat.session;

import dev.confab.chat.ledger.Reads;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How many messages conversations have, deleted ones included: their places stay. */
@ApplicationScoped
class MessageCounts {
  // The primary key alone answers it.
  private static final String COUNT =
      "SELECT p.conversation_id, (SELECT count(*) FROM messages m"
          + " WHERE m.conversation_id = p.conversation_id) AS messages"
          + " FROM participants p WHERE p.user_id = ? AND p.conversation_id = ANY(?)";

  private record Count(String conversationId, long messages) {}

  private final Reads reads;

  MessageCounts(Reads reads) {
    this.reads = reads;
  }

  /** Counts by conversation; those the user takes no part in are absent. */
  Map<String, Long> of(String userId, List<UUID> conversations) {
    List<Count> found =
        reads.plain(
            connection ->
                Reads.all(
                    connection,
                    COUNT,
                    rows -> new Count(rows.getString(1), rows.getLong(2)),
                    userId,
                    connection.createArrayOf("uuid", conversations.toArray())));
    Map<String, Long> counts = new HashMap<>();
    found.forEach(count -> counts.put(count.conversationId(), count.messages()));
    return counts;
  }
}
