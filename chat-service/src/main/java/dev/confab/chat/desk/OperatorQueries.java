package dev.confab.chat.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.presence.Presence;
import dev.confab.chat.presence.PresenceState;
import dev.confab.chat.support.OperatorAccess;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who works at the desk, whether they are there, and how much they have to do. */
@ApplicationScoped
class OperatorQueries {
  private static final int MAX_LISTED = 1_000;
  private static final String KNOWN =
      "SELECT o.user_id, o.name FROM operators o WHERE o.seen_at > now() - interval '30 days'"
          + " AND (?::uuid IS NULL OR "
          + OperatorAccess.works("?::uuid", "o.user_id")
          + ") ORDER BY o.name, o.user_id LIMIT "
          + MAX_LISTED;
  private static final String LOADS =
      "SELECT d.operator_id, count(*) AS dialogs FROM support_dialogs d"
          + " WHERE d.operator_id = ANY(?) GROUP BY d.operator_id";

  /**
   * An operator.
   *
   * @param status {@code online} or {@code offline}
   * @param lastSeenAt when they went offline, where that is known
   * @param openDialogs how many they answer now
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OperatorItem(
      String userId, String name, String status, Instant lastSeenAt, int openDialogs) {}

  private record Known(String userId, String name) {}

  private final Reads reads;
  private final Presence presence;

  OperatorQueries(Reads reads, Presence presence) {
    this.reads = reads;
    this.presence = presence;
  }

  /** By name: those who were at the desk lately and work a site, or with null any. */
  List<OperatorItem> list(UUID site) {
    List<Known> known =
        reads.plain(
            c ->
                Reads.all(
                    c,
                    KNOWN,
                    rows -> new Known(rows.getString("user_id"), rows.getString("name")),
                    site,
                    site,
                    site,
                    site));
    List<String> users = known.stream().map(Known::userId).toList();
    Map<String, Integer> loads = loads(users);
    Map<String, PresenceState> states = presence.states(users);
    return known.stream()
        .map(each -> item(each, states.get(each.userId()), loads.getOrDefault(each.userId(), 0)))
        .toList();
  }

  /** Of whom nothing is known, counts as online. */
  private static OperatorItem item(Known known, PresenceState state, int load) {
    boolean online = state == null || state.online();
    return new OperatorItem(
        known.userId(),
        known.name(),
        online ? "online" : "offline",
        online ? null : state.lastSeenAt(),
        load);
  }

  /** How many dialogs each answers now; who answers none is absent. */
  Map<String, Integer> loads(Collection<String> users) {
    Map<String, Integer> loads = new HashMap<>();
    reads.plain(
        c ->
            Reads.all(
                c, LOADS, rows -> count(rows, loads), c.createArrayOf("text", users.toArray())));
    return loads;
  }

  private static Integer count(ResultSet rows, Map<String, Integer> into) throws SQLException {
    return into.put(rows.getString("operator_id"), rows.getInt("dialogs"));
  }
}
