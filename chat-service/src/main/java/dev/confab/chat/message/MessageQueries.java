package dev.confab.chat.message;

import dev.confab.chat.ledger.Reads;
import dev.confab.contracts.chat.Message;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Pages of a conversation's history: one range of the primary key each, whatever its length. */
@ApplicationScoped
class MessageQueries {
  private static final String FORWARD =
      "SELECT "
          + StoredMessage.COLUMNS
          + " FROM messages m WHERE m.conversation_id = ?"
          + " AND m.seq > ? AND m.seq < ? ORDER BY m.seq LIMIT ?";
  private static final String BACKWARD =
      "SELECT "
          + StoredMessage.COLUMNS
          + " FROM messages m WHERE m.conversation_id = ?"
          + " AND m.seq < ? ORDER BY m.seq DESC LIMIT ?";

  private final Reads reads;

  MessageQueries(Reads reads) {
    this.reads = reads;
  }

  /** Messages by birth, ascending: the first ones after a number. */
  List<Message> after(UUID conversationId, long afterSeq, long beforeSeq, int limit) {
    return reads.plain(
        connection ->
            contracts(
                Reads.all(
                    connection,
                    FORWARD,
                    StoredMessage::read,
                    conversationId,
                    afterSeq,
                    beforeSeq,
                    limit)));
  }

  /** Messages by birth, ascending: the last ones before a number. */
  List<Message> before(UUID conversationId, long beforeSeq, int limit) {
    return reads.plain(
        connection -> {
          List<StoredMessage> found =
              new ArrayList<>(
                  Reads.all(
                      connection, BACKWARD, StoredMessage::read, conversationId, beforeSeq, limit));
          Collections.reverse(found);
          return contracts(found);
        });
  }

  private static List<Message> contracts(List<StoredMessage> found) {
    return found.stream().map(StoredMessage::toContract).toList();
  }
}
