package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.chat.conversation.ConversationQueries;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.ledger.Writes;
import dev.confab.chat.message.MessageQueries;
import dev.confab.chat.search.SearchQueries;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Compares what pages and searches cost a user with little and a user with very much, and writes
 * the numbers and the query plans to {@code target/scaling.md}. Runs with {@code
 * -Dconfab.scaling=true}.
 */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
@EnabledIfSystemProperty(named = "confab.scaling", matches = "true")
class ScalingIT {
  private static final Logger LOG = Logger.getLogger(ScalingIT.class);
  private static final int WARM_UP = 30;
  private static final int MEASURED = 51;
  private static final double ABOUT_THE_SAME = 3;
  private static final int PAGE = 50;

  private static final String CONVERSATIONS =
      """
      INSERT INTO conversations (id, kind, title, owner, history, last_seq, participant_count,
                                 preview, preview_seq, created_at, updated_at)
      SELECT gen_random_uuid(), 'assistant', 'Conversation ' || i, 'assistant', gen_random_uuid(),
             2, 1, 'hello', 2, now() - interval '2 years', now() - i * interval '1 minute'
      FROM generate_series(1, ?) i RETURNING id""";
  private static final String PARTICIPANTS =
      """
      INSERT INTO participants (conversation_id, user_id, role, last_read_seq, joined_at)
      SELECT id, ?, 'host', 0, now() FROM unnest(?) AS k(id)""";
  private static final String MESSAGES =
      """
      INSERT INTO messages (conversation_id, seq, id, changed_seq, message_type, kind, sender_id,
                            sender_name, content, status, created_at)
      SELECT c.id, i, gen_random_uuid(), i,
             CASE WHEN i % 2 = 1 THEN 'user' ELSE 'assistant' END,
             CASE WHEN i % 2 = 1 THEN 'text' ELSE 'ai_response' END,
             CASE WHEN i % 2 = 1 THEN ?::text ELSE 'default' END, 'Somebody',
             'common' || CASE WHEN i = ? / 3 THEN ' platypus' ELSE '' END
             || CASE WHEN i <= ? / 2 THEN ' former' ELSE '' END
             || (SELECT string_agg(' w' || (random() * random() * 20000)::int, '')
                 FROM generate_series(1, 30) WHERE i > 0),
             'complete', c.updated_at - (? - i) * interval '1 second'
      FROM conversations c, generate_series(1, ?) i WHERE c.id = ANY(?)""";
  private static final String DUE =
      """
      INSERT INTO index_heads (conversation_id, due_at) SELECT id, now() FROM unnest(?) AS k(id)
      ON CONFLICT (conversation_id) DO UPDATE SET due_at = now()""";

  /** Somebody with so many conversations, one of which has so many messages. */
  private record User(Person person, String token, int conversations, int messages, UUID big) {}

  /** A request; the user says of what size. */
  private interface Request {
    HttpResponse<String> send(User user) throws IOException, InterruptedException;
  }

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Inject ObjectMapper json;
  @Inject Writes writes;
  @Inject Reads reads;

  @Test
  void muchCostsAboutAsMuchAsLittle() throws Exception {
    User little = seed(100, 100);
    User much = seed(10_000, 100_000);
    LOG.info("event=seeded");
    awaitIndexed();
    LOG.info("event=indexed");
    StringBuilder report = new StringBuilder(HEAD);
    boolean allAboutTheSame = true;
    for (Map.Entry<String, Request> each : requests().entrySet()) {
      double with100 = medianMs(each.getValue(), little);
      double withMuch = medianMs(each.getValue(), much);
      LOG.infof(
          "event=measured request=\"%s\" little=%.2f much=%.2f", each.getKey(), with100, withMuch);
      double ratio = withMuch / with100;
      report.append(
          String.format("| %s | %.2f | %.2f | %.2f |%n", each.getKey(), with100, withMuch, ratio));
      allAboutTheSame &= ratio < ABOUT_THE_SAME || each.getKey().contains("worst");
    }
    Files.writeString(Path.of("target", "scaling.md"), report);
    report.append("\n## Plans, for the user with much\n");
    plans(much, report);
    Files.writeString(Path.of("target", "scaling.md"), report);
    assertThat(allAboutTheSame).as(report.toString()).isTrue();
  }

  private static final String HEAD =
      """
      | request (median of 51, ms) | 100 conversations, 100 messages | 10,000 conversations, 100,000 messages | ratio |
      |---|---|---|---|
      """;

  private static Map<String, Request> requests() {
    Map<String, Request> all = new LinkedHashMap<>();
    all.put("list of conversations, first page", u -> get(u, "/api/v1/conversations"));
    all.put("list of conversations, a page in the middle", ScalingIT::middleOfList);
    all.put("messages, last page", u -> get(u, messages(u)));
    all.put(
        "messages, a page in the middle",
        u -> get(u, messages(u) + "?before_seq=" + u.messages() / 2));
    all.put("search, a word in one message", u -> search(u, "platypus"));
    all.put("search, a word in every message", u -> search(u, "common"));
    all.put("search, two words, seldom together", u -> search(u, "w1+w77"));
    all.put("search in the long conversation, a word in one message", u -> within(u, "platypus"));
    all.put("search in the long conversation, a word in every message", u -> within(u, "common"));
    all.put("search in the long conversation, a word in no message", u -> within(u, "absent"));
    all.put(
        "search, worst: in every message of the older half, in none since",
        u -> within(u, "former"));
    return all;
  }

  private static String messages(User user) {
    return "/api/v1/conversations/" + user.big() + "/messages";
  }

  private static HttpResponse<String> search(User user, String words)
      throws IOException, InterruptedException {
    return get(user, "/api/v1/search?q=" + words);
  }

  private static HttpResponse<String> within(User user, String words)
      throws IOException, InterruptedException {
    return get(user, "/api/v1/search?q=" + words + "&conversation_id=" + user.big());
  }

  private static HttpResponse<String> middleOfList(User user)
      throws IOException, InterruptedException {
    return get(user, "/api/v1/conversations?cursor=" + MIDDLES.get(user.person().id()));
  }

  /** Cursors of the middle of each user's list. */
  private static final Map<UUID, String> MIDDLES = new LinkedHashMap<>();

  private static HttpResponse<String> get(User user, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ':' + RestAssured.port + path))
            .header("Authorization", "Bearer " + user.token())
            .build();
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response;
  }

  private User seed(int conversations, int messages) throws Exception {
    Person person = Person.any("Somebody");
    String user = person.id().toString();
    UUID big =
        writes.run(
            c -> {
              List<UUID> ids =
                  Reads.all(
                      c, CONVERSATIONS, rows -> rows.getObject("id", UUID.class), conversations);
              var all = c.createArrayOf("uuid", ids.toArray());
              var first = c.createArrayOf("uuid", new Object[] {ids.get(0)});
              var others = c.createArrayOf("uuid", ids.subList(1, ids.size()).toArray());
              Update.run(c, PARTICIPANTS, user, all);
              Update.run(c, MESSAGES, user, 0, 0, 2, 2, others);
              Update.run(c, MESSAGES, user, messages, messages, messages, messages, first);
              Update.run(
                  c,
                  "UPDATE conversations SET last_seq = ?, preview_seq = ? WHERE id = ?",
                  messages,
                  messages,
                  ids.get(0));
              Update.run(c, DUE, all);
              return ids.get(0);
            });
    User made = new User(person, person.token(), conversations, messages, big);
    String cursor = "";
    for (int i = 0; i < conversations / 2 / PAGE; i++) {
      String page = "/api/v1/conversations?limit=" + PAGE + "&cursor=" + cursor;
      cursor = json.readTree(get(made, page).body()).path("next_cursor").asText();
    }
    MIDDLES.put(person.id(), cursor);
    return made;
  }

  private void awaitIndexed() {
    await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                reads.plain(
                        c ->
                            Reads.first(
                                    c,
                                    "SELECT count(*) AS due FROM index_heads WHERE due_at <= now()",
                                    rows -> rows.getInt("due"))
                                .orElseThrow())
                    == 0);
    // As autovacuum would, sooner or later.
    for (String table :
        List.of("messages", "message_search", "listings", "conversations", "participants")) {
      reads.plain(c -> Update.run(c, "VACUUM ANALYZE " + table));
    }
  }

  private static double medianMs(Request request, User user)
      throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UP; i++) {
      request.send(user);
    }
    long[] nanos = new long[MEASURED];
    for (int i = 0; i < MEASURED; i++) {
      long begin = System.nanoTime();
      request.send(user);
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    return nanos[MEASURED / 2] / 1e6;
  }

  private void plans(User much, StringBuilder report)
      throws ReflectiveOperationException, IOException {
    String user = much.person().id().toString();
    OffsetDateTime far = OffsetDateTime.parse("9999-01-01T00:00:00Z");
    UUID highest = new UUID(-1, -1);
    OffsetDateTime middle = OffsetDateTime.now().minusMinutes(5_000);
    Class<?> newest = Class.forName("dev.confab.chat.search.NewestMessages");
    plan(
        report,
        "List of conversations, a page in the middle",
        sql(ConversationQueries.class, "LIST"),
        user,
        "active",
        middle,
        highest,
        null,
        null,
        null,
        null,
        PAGE + 1);
    plan(
        report,
        "Messages, a page in the middle",
        sql(MessageQueries.class, "BACKWARD"),
        user,
        much.big(),
        much.messages() / 2L,
        PAGE);
    plan(
        report,
        "Search, the newest messages of one conversation",
        sql(newest, "IN_ONE"),
        "'common'",
        much.big(),
        Long.MAX_VALUE);
    plan(
        report,
        "Search, the text of what was found",
        sql(SearchQueries.class, "HIT"),
        "'common'",
        much.big(),
        (long) much.messages());
    plan(
        report,
        "Search, a word in one message, by the inverted index",
        sql(SearchQueries.class, "IN_INDEX"),
        new String[] {user},
        "'platypus'",
        far,
        highest,
        Long.MAX_VALUE,
        user,
        false,
        21);
    plan(
        report,
        "Search, worst: in half of all messages, none of them new",
        sql(SearchQueries.class, "IN_INDEX"),
        new String[] {much.big().toString()},
        "'former'",
        far,
        highest,
        Long.MAX_VALUE,
        user,
        true,
        21);
  }

  private static String sql(Class<?> owner, String name) throws ReflectiveOperationException {
    var field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return (String) field.get(null);
  }

  /** As the service runs it: prepared, with a plan for any values. */
  private void plan(StringBuilder report, String what, String sql, Object... values) {
    StringBuilder numbered = new StringBuilder();
    int n = 0;
    for (String part : sql.split("\\?", -1)) {
      numbered.append(n == 0 ? "" : "$" + n).append(part);
      n++;
    }
    String execute =
        Arrays.stream(values).map(ScalingIT::literal).collect(Collectors.joining(", ", "(", ")"));
    List<String> lines =
        reads.plain(
            c -> {
              Update.run(c, "PREPARE measured AS " + numbered);
              try {
                return Reads.all(
                    c,
                    "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) EXECUTE measured" + execute,
                    rows -> rows.getString(1));
              } finally {
                Update.run(c, "DEALLOCATE measured");
              }
            });
    report.append("\n### ").append(what).append("\n\n```\n");
    int skippedBelow = Integer.MAX_VALUE;
    for (String line : lines) {
      int depth = line.length() - line.stripLeading().length();
      if (depth <= skippedBelow) {
        boolean skipped = line.contains("(never executed)");
        skippedBelow = skipped ? depth : Integer.MAX_VALUE;
        report.append(skipped ? "" : line + '\n');
      }
    }
    report.append("```\n");
  }

  private static String literal(Object value) {
    return switch (value) {
      case null -> "NULL";
      case Long number -> number.toString();
      case Integer number -> number.toString();
      case Boolean flag -> flag.toString();
      case Object[] array ->
          Arrays.stream(array)
                  .map(ScalingIT::literal)
                  .collect(Collectors.joining(",", "ARRAY[", "]"))
              + (array instanceof UUID[] ? "::uuid[]" : "");
      default -> '\'' + value.toString().replace("'", "''") + '\'';
    };
  }
}
