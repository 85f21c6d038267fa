package dev.confab.chat.standin;

import dev.confab.chat.ledger.Reads;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.standin.StandInResource.Digest;
import dev.confab.chat.standin.StandInResource.OwnStandIn;
import dev.confab.chat.standin.StandInResource.Said;
import dev.confab.contracts.chat.Message;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What a member may know of their own stand-in. */
@ApplicationScoped
class StandInQueries {
  private static final int MAX_ITEMS = 200;
  private static final String OWN =
      "SELECT p.ai_stand_in, p.stand_in_note FROM participants p"
          + " WHERE p.conversation_id = ? AND p.user_id = ?";

  private final Reads reads;

  StandInQueries(Reads reads) {
    this.reads = reads;
  }

  /** Empty for who takes no part. */
  Optional<OwnStandIn> own(UUID conversation, String user) {
    return reads.plain(connection -> own(connection, conversation, user));
  }

  private static Optional<OwnStandIn> own(Connection connection, UUID conversation, String user)
      throws SQLException {
    return Reads.first(
        connection,
        OWN,
        rows -> new OwnStandIn(rows.getBoolean("ai_stand_in"), rows.getString("stand_in_note")),
        conversation,
        user);
  }

  /** Empty for who takes no part. */
  Optional<Digest> digest(UUID conversation, String user) {
    return reads.snapshot(
        connection -> {
          if (own(connection, conversation, user).isEmpty()) {
            return Optional.empty();
          }
          var absence = Absences.last(connection, conversation, user);
          return Optional.of(
              absence.isEmpty()
                  ? new Digest(conversation.toString(), null, 0, List.of())
                  : digest(connection, absence.get()));
        });
  }

  private static Digest digest(Connection connection, Absences.Ended absence) throws SQLException {
    List<StoredMessage> said = Absences.messages(connection, absence, MAX_ITEMS);
    List<UUID> asked =
        said.stream().map(StoredMessage::replyTo).filter(Objects::nonNull).distinct().toList();
    Map<UUID, Message> answered = new HashMap<>();
    for (StoredMessage each : Absences.answered(connection, absence.conversationId(), asked)) {
      if (!each.isDeleted()) {
        answered.put(each.id(), each.toContract());
      }
    }
    return new Digest(
        absence.conversationId().toString(),
        absence.since(),
        absence.count(),
        said.stream().map(m -> new Said(m.toContract(), answered.get(m.replyTo()))).toList());
  }
}
