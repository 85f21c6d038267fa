package dev.confab.chat.statistics;

import dev.confab.chat.ledger.Reads;
import dev.confab.chat.statistics.Stats.Feedback;
import dev.confab.chat.statistics.Stats.OfDay;
import dev.confab.chat.statistics.Stats.OfModel;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;

/** Reads the sums: of one user, or with null of all. */
@ApplicationScoped
class StatsQueries {
  private static final int DAYS = 30;
  private static final String MY_CONVERSATIONS =
      "SELECT count(*) AS total, count(*) FILTER (WHERE l.state <> 'deleted') AS active"
          + " FROM listings l WHERE l.user_id = ?";
  private static final String ALL_CONVERSATIONS =
      "SELECT count(*) AS total, count(*) FILTER (WHERE c.deleted_at IS NULL) AS active"
          + " FROM conversations c WHERE ?::text IS NULL";
  private static final String SAID =
      "SELECT COALESCE(sum(d.messages), 0)::bigint AS messages FROM message_days d WHERE ";
  private static final String MODELS =
      "SELECT u.model, sum(u.replies)::bigint AS messages, sum(u.total_tokens)::bigint AS tokens"
          + " FROM usage_days u WHERE %s GROUP BY u.model ORDER BY messages DESC, u.model";
  private static final String DAYS_OF =
      "SELECT s.day, sum(s.messages)::bigint AS messages, sum(s.tokens)::bigint AS tokens FROM ("
          + "SELECT d.day, d.messages, 0 AS tokens FROM message_days d WHERE %s AND d.day > ?"
          + " UNION ALL SELECT u.day, u.replies, u.total_tokens FROM usage_days u"
          + " WHERE %s AND u.day > ?) s GROUP BY s.day ORDER BY s.day DESC";
  private static final String TODAY =
      "SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date AS today";
  private static final String FEEDBACK =
      "SELECT count(*) FILTER (WHERE f.value = 'up') AS up,"
          + " count(*) FILTER (WHERE f.value = 'down') AS down FROM message_feedback f WHERE ";

  private final Reads reads;

  StatsQueries(Reads reads) {
    this.reads = reads;
  }

  Stats ofUser(String userId) {
    return reads.snapshot(c -> read(c, userId));
  }

  Stats ofAll() {
    return reads.snapshot(
        c -> {
          // Sums over whole tables are what the hot path's plans forbid.
          try (Statement plans = c.createStatement()) {
            plans.execute("SET LOCAL enable_seqscan = on");
          }
          return read(c, null);
        });
  }

  private static Stats read(Connection c, String user) throws SQLException {
    long[] conversations =
        Reads.first(
                c,
                user == null ? ALL_CONVERSATIONS : MY_CONVERSATIONS,
                rows -> new long[] {rows.getLong("total"), rows.getLong("active")},
                user)
            .orElseThrow();
    long said =
        Reads.first(c, SAID + of("d", user), rows -> rows.getLong("messages"), user).orElse(0L);
    List<OfModel> models =
        Reads.all(
            c,
            MODELS.formatted(of("u", user)),
            rows ->
                new OfModel(
                    rows.getString("model"), rows.getLong("messages"), rows.getLong("tokens")),
            user);
    Feedback feedback =
        Reads.first(
                c,
                FEEDBACK + of("f", user),
                rows -> new Feedback(rows.getLong("up"), rows.getLong("down")),
                user)
            .orElseThrow();
    return new Stats(
        conversations[0],
        conversations[1],
        said + models.stream().mapToLong(OfModel::messages).sum(),
        models.stream().mapToLong(OfModel::tokens).sum(),
        models,
        days(c, user),
        feedback);
  }

  private static List<OfDay> days(Connection c, String user) throws SQLException {
    LocalDate since =
        Reads.first(c, TODAY, rows -> rows.getObject("today", LocalDate.class))
            .orElseThrow()
            .minusDays(DAYS);
    return Reads.all(
        c,
        DAYS_OF.formatted(of("d", user), of("u", user)),
        rows ->
            new OfDay(
                rows.getObject("day", LocalDate.class),
                rows.getLong("messages"),
                rows.getLong("tokens")),
        user,
        since,
        user,
        since);
  }

  private static String of(String alias, String user) {
    return user == null ? "?::text IS NULL" : alias + ".user_id = ?";
  }
}
