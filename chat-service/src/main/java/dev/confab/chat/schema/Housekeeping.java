package dev.confab.chat.schema;

import dev.confab.chat.ChatConfig;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Deletes outcomes and ended replies that no repeat can ask for any more, and expired links. */
@ApplicationScoped
public class Housekeeping {
  private static final Logger LOG = Logger.getLogger(Housekeeping.class);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int AT_ONCE = 5_000;
  private static final String OLD_OUTCOMES =
      "DELETE FROM command_outcomes WHERE (conversation_id, command_id) IN (SELECT"
          + " conversation_id, command_id FROM command_outcomes WHERE created_at < now() - ? *"
          + " interval '1 second' LIMIT ?)";
  private static final String OLD_REPLIES =
      "DELETE FROM replies WHERE status = 'ended' AND (conversation_id, message_id) IN (SELECT"
          + " conversation_id, message_id FROM replies WHERE status = 'ended' AND created_at <"
          + " now() - ? * interval '1 second' LIMIT ?)";

  private static final String OLD_INVITATIONS =
      "DELETE FROM invitations WHERE id IN (SELECT id FROM invitations WHERE expires_at <"
          + " now() - ? * interval '1 second' LIMIT ?)";

  private final AgroalDataSource dataSource;
  private final Duration kept;
  private final Rounds rounds;

  Housekeeping(AgroalDataSource dataSource, ChatConfig config, Rounds rounds) {
    this.dataSource = dataSource;
    this.kept = config.commands().outcomesKept();
    this.rounds = rounds;
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("housekeeping", EVERY, this::sweep);
  }

  private void sweep() throws SQLException {
    delete(OLD_OUTCOMES);
    delete(OLD_REPLIES);
    delete(OLD_INVITATIONS);
  }

  private void delete(String sql) throws SQLException {
    int deleted = AT_ONCE;
    while (deleted == AT_ONCE) {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, kept.toSeconds());
        statement.setInt(2, AT_ONCE);
        deleted = statement.executeUpdate();
        LOG.debugf("event=swept rows=%d", deleted);
      }
    }
  }
}
