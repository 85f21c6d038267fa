package dev.confab.chat.session;

import dev.confab.chat.conversation.ConversationCreation;
import dev.confab.chat.conversation.NewConversation;
import dev.confab.chat.ledger.Reads;
import dev.confab.contracts.chat.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Conversations by the labels that their users chose. */
@ApplicationScoped
class SessionLabels {
  private static final String FIND =
      "SELECT conversation_id FROM session_labels WHERE user_id = ? AND label = ?";
  private static final String CLAIM =
      "INSERT INTO session_labels (user_id, label, conversation_id) VALUES (?, ?, ?)"
          + " ON CONFLICT DO NOTHING";
  private static final NewConversation WITH_THE_DEFAULT_ASSISTANT =
      new NewConversation("assistant", null, null, null, null, null);

  /** Somebody else's transaction was first. Expected, so it has no stack trace. */
  private static final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Taken() {
      super("label taken", null, false, false);
    }
  }

  private final Reads reads;
  private final ConversationCreation creation;

  SessionLabels(Reads reads, ConversationCreation creation) {
    this.reads = reads;
    this.creation = creation;
  }

  /** The conversation of a label. */
  record Opened(UUID conversationId, boolean created) {}

  /** Opens the conversation of a label; an unknown one makes it, once, whoever asks meanwhile. */
  Opened open(Actor actor, String label) {
    return find(actor.userId(), label).orElseGet(() -> make(actor, label));
  }

  private Optional<Opened> find(String userId, String label) {
    return reads
        .plain(
            connection ->
                Reads.first(connection, FIND, rows -> rows.getObject(1, UUID.class), userId, label))
        .map(id -> new Opened(id, false));
  }

  private Opened make(Actor actor, String label) {
    try {
      var made =
          creation.create(
              actor,
              WITH_THE_DEFAULT_ASSISTANT,
              (connection, id) -> claim(connection, actor.userId(), label, id));
      return new Opened(UUID.fromString(made.conversation().id()), true);
    } catch (Taken taken) {
      return find(actor.userId(), label).orElseThrow();
    }
  }

  /** Waits for a transaction that claims the same label; then it is taken, or free after all. */
  private static void claim(Connection connection, String userId, String label, UUID id)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(CLAIM)) {
      insert.setString(1, userId);
      insert.setString(2, label);
      insert.setObject(3, id);
      if (insert.executeUpdate() == 0) {
        throw new Taken();
      }
    }
  }
}
