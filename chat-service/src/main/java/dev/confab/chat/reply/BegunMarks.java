package dev.confab.chat.reply;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.reply.RunningReplies.Seen;
import dev.confab.chat.schema.Rounds;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Notes in bulk which replies have begun, so that their deadline becomes that of a reply's end. A
 * short reply is over before it is noted and costs no write.
 */
@ApplicationScoped
class BegunMarks {
  // Rows that somebody else holds are noted in the next round rather than waited for.
  private static final String MARK =
      "UPDATE replies SET begun = true, due_at = opened_at + ? * interval '1 millisecond'"
          + " WHERE (conversation_id, message_id) IN (SELECT r.conversation_id, r.message_id"
          + " FROM unnest(?, ?) AS k(conversation_id, message_id) JOIN replies r"
          + " ON r.conversation_id = k.conversation_id AND r.message_id = k.message_id"
          + " WHERE r.status = 'running' AND NOT r.begun FOR UPDATE OF r SKIP LOCKED)"
          + " RETURNING message_id";

  private final ChatConfig.Replies config;
  private final RunningReplies running;
  private final AgroalDataSource dataSource;
  private final Rounds rounds;

  BegunMarks(
      ChatConfig config, RunningReplies running, AgroalDataSource dataSource, Rounds rounds) {
    this.config = config.replies();
    this.running = running;
    this.dataSource = dataSource;
    this.rounds = rounds;
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("begun-marks", config.lookEvery(), this::mark);
  }

  private void mark() throws SQLException {
    long before = System.currentTimeMillis() - config.markBegunAfter().toMillis();
    List<Seen> begun = running.all(s -> !s.marked() && s.textAtMs() > 0 && s.textAtMs() <= before);
    if (begun.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(MARK)) {
      statement.setLong(1, config.endWithin().toMillis());
      statement.setArray(2, ids(connection, begun.stream().map(Seen::conversationId).toArray()));
      statement.setArray(3, ids(connection, begun.stream().map(Seen::messageId).toArray()));
      try (var marked = statement.executeQuery()) {
        while (marked.next()) {
          running.marked(marked.getString("message_id"));
        }
      }
    }
  }

  private static Array ids(Connection connection, Object[] ids) throws SQLException {
    return connection.createArrayOf("uuid", ids);
  }
}
