package dev.confab.chat.standin;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.presence.Presence;
import dev.confab.chat.presence.PresenceChannel;
import dev.confab.chat.reply.ReplyQueue;
import dev.confab.chat.schema.Rounds;
import dev.confab.contracts.chat.ChatEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A member who may be there is not spoken for: what is written in their name ends, what waits is
 * withdrawn, and they are told what was said. Heard at once, and looked for besides, in any
 * replica.
 */
@ApplicationScoped
class Returns {
  private static final int AT_ONCE = 500;
  private static final int LOOKS_PER_PAGE = 5;
  private static final String CONCERNED =
      "SELECT a.user_id FROM stand_in_absences a WHERE a.user_id = ANY(?)"
          + " AND a.returned_at IS NULL UNION SELECT r.on_behalf_of FROM replies r"
          + " WHERE r.on_behalf_of = ANY(?) AND r.status <> 'ended'";
  private static final String SPOKEN_FOR =
      "SELECT DISTINCT r.on_behalf_of AS user_id FROM replies r WHERE r.on_behalf_of IS NOT NULL"
          + " AND r.status <> 'ended' LIMIT ?";
  private static final String ABSENT =
      "SELECT DISTINCT a.user_id FROM stand_in_absences a WHERE a.returned_at IS NULL"
          + " AND a.user_id > ? ORDER BY a.user_id LIMIT ?";
  private static final String OPEN_REPLIES =
      "SELECT DISTINCT r.conversation_id FROM replies r WHERE r.on_behalf_of = ANY(?)"
          + " AND r.status <> 'ended'";

  private final ChatConfig.StandIns config;
  private final Reads reads;
  private final Ledgers ledgers;
  private final Presence presence;
  private final PresenceChannel channel;
  private final ReplyQueue queue;
  private final Rounds rounds;
  // The round's thread alone: who is absent is looked through bit by bit.
  private String lookedThrough = "";
  private int looks;

  Returns(
      ChatConfig config,
      Reads reads,
      Ledgers ledgers,
      Presence presence,
      PresenceChannel channel,
      ReplyQueue queue,
      Rounds rounds) {
    this.config = config.standIns();
    this.reads = reads;
    this.ledgers = ledgers;
    this.presence = presence;
    this.channel = channel;
    this.queue = queue;
    this.rounds = rounds;
  }

  void start(@Observes StartupEvent ignored) {
    channel.onOnline(this::back);
    rounds.every("returns", config.returnsEvery(), this::look);
  }

  private void look() {
    Set<String> users = new HashSet<>(reads.plain(c -> users(c, SPOKEN_FOR, AT_ONCE)));
    Set<String> spokenFor = Set.copyOf(users);
    if (looks++ % LOOKS_PER_PAGE == 0) {
      users.addAll(nextAbsent());
    }
    if (users.isEmpty()) {
      return;
    }
    var known = presence.states(users);
    // While nothing is known nobody is spoken for, but nobody is told that they are back either.
    users.removeIf(
        user -> known.containsKey(user) ? !known.get(user).online() : !spokenFor.contains(user));
    if (!users.isEmpty()) {
      end(users, known.keySet());
    }
  }

  private List<String> nextAbsent() {
    List<String> absent = reads.plain(c -> users(c, ABSENT, lookedThrough, AT_ONCE));
    lookedThrough = absent.size() < AT_ONCE ? "" : absent.get(absent.size() - 1);
    return absent;
  }

  private static List<String> users(Connection connection, String sql, Object... with)
      throws SQLException {
    return Reads.all(connection, sql, rows -> rows.getString("user_id"), with);
  }

  /** Users came online. */
  private void back(Set<String> users) {
    List<String> concerned =
        reads.plain(
            connection -> {
              var all = connection.createArrayOf("text", users.toArray());
              return users(connection, CONCERNED, all, all);
            });
    if (!concerned.isEmpty()) {
      end(concerned, concerned);
    }
  }

  private void end(Collection<String> users, Collection<String> returned) {
    List<Absences.Ended> ended = new ArrayList<>();
    Lookup lookup = new Lookup();
    ledgers.write(
        connection -> {
          ended.addAll(
              Absences.end(connection, returned.stream().filter(users::contains).toList()));
          ended.forEach(each -> lookup.conversation(each.conversationId()));
          Reads.all(
                  connection,
                  OPEN_REPLIES,
                  rows -> rows.getObject("conversation_id", UUID.class),
                  connection.createArrayOf("text", users.toArray()))
              .forEach(lookup::conversation);
        },
        lookup,
        ledger -> {
          ledger.conversations().forEach(in -> queue.silence(ledger, in, users::contains));
          for (Absences.Ended each : ended) {
            ledger
                .conversation(each.conversationId())
                .filter(in -> in.participant(each.userId()).isPresent() && each.count() > 0)
                .ifPresent(
                    in ->
                        ledger.emit(
                            new ChatEvent.StandInDigest(
                                in.name(), each.userId(), each.count(), each.since(), null, null)));
          }
          return null;
        });
  }
}
