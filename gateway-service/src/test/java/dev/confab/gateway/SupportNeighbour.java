package dev.confab.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.confab.gateway.json.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What chat-service says of support dialogs, for tests of the gateway alone. A dialog's id says
 * what it is: those that begin with {@code d} are there, those with {@code dt} demand a token.
 * Pages of {@code https://foreign.example} may show none. Visitor and dialog have the same name.
 */
final class SupportNeighbour {
  private static final String DIALOGS = "/internal/support/dialogs";
  private static final Pattern CHANGES =
      Pattern.compile("/internal/conversations/([^/]+)/changes.*");
  private static final Pattern USER = Pattern.compile("[?&]user_id=([^&]*)");

  private static final Map<String, Integer> asked = new ConcurrentHashMap<>();

  private record Answer(int status, String json) {}

  private SupportNeighbour() {}

  static void answer(HttpExchange exchange) throws IOException {
    Buffer body = Buffer.buffer(exchange.getRequestBody().readAllBytes());
    URI uri = exchange.getRequestURI();
    Answer answer = answer(exchange.getRequestMethod(), uri, body);
    Neighbours.answer(exchange, answer.status(), answer.json());
  }

  private static Answer answer(String method, URI uri, Buffer body) {
    String path = uri.getPath();
    Matcher changes = CHANGES.matcher(path);
    if (path.equals("/internal/token")) {
      return new Answer(200, "{\"access_token\":\"t\",\"expires_in\":600}");
    } else if (path.equals(DIALOGS) && method.equals("POST")) {
      return begun(Json.tree(body));
    } else if (path.startsWith(DIALOGS + "/d") && path.endsWith("/page")) {
      return new Answer(200, "{}");
    } else if (path.startsWith(DIALOGS + "/d")) {
      return dialog(path.substring(DIALOGS.length() + 1), uri);
    } else if (path.equals("/internal/commands")) {
      return stored(Json.tree(body).get(0));
    } else if (changes.matches() && changes.group(1).startsWith("d")) {
      return changes(changes.group(1), uri);
    }
    return new Answer(404, "{}");
  }

  private static boolean isForeign(String origin) {
    return origin.contains("foreign");
  }

  private static Answer begun(JsonNode asked) {
    if (isForeign(asked.path("origin").asText())) {
      return new Answer(403, "{\"code\":\"FORBIDDEN\",\"detail\":\"not from there\"}");
    }
    return new Answer(
        201,
        ("{\"conversation_id\":\"d1\",\"assistant_id\":\"%s\",\"visitor_id\":\"v\","
                + "\"visitor_token\":\"token\",\"conversation\":{\"owner\":\"assistant\"}}")
            .formatted(asked.path("assistant_id").asText()));
  }

  private static Answer dialog(String id, URI uri) {
    boolean allowed = !isForeign(String.valueOf(uri.getQuery()));
    return new Answer(
        200,
        ("{\"conversation_id\":\"%s\",\"assistant_id\":\"a\",\"visitor_id\":\"%s\","
                + "\"owner\":\"assistant\",\"origin_allowed\":%s,\"token_required\":%s}")
            .formatted(id, id, allowed, id.startsWith("dt")));
  }

  private static Answer stored(JsonNode command) {
    Map<String, Object> message =
        Map.of(
            "id",
            "m-" + command.path("client_id").asText(),
            "seq",
            3,
            "message_type",
            "user",
            "sender_id",
            command.path("actor").path("user_id").asText(),
            "content",
            command.path("content").asText(),
            "client_id",
            command.path("client_id").asText(),
            "status",
            "complete",
            "created_at",
            "2026-01-02T03:04:05Z");
    Map<String, Object> added =
        Map.of(
            "type",
            "message_added",
            "conversation_id",
            command.path("conversation_id").asText(),
            "seq",
            3,
            "message",
            message);
    return new Answer(200, Json.write(Map.of("outcomes", List.of(added))).toString());
  }

  /**
   * The visitor takes part; staff see what is not called {@code dx…}, and {@code dq…} when they ask
   * for the first two times.
   */
  private static Answer changes(String id, URI uri) {
    String query = String.valueOf(uri.getQuery());
    Matcher user = USER.matcher('?' + query);
    boolean isVisitor =
        Optional.of(user).filter(Matcher::find).map(m -> m.group(1)).equals(Optional.of(id));
    boolean isStaff = query.contains("role=") && maySee(id);
    return new Answer(
        200,
        ("{\"conversation\":{\"id\":\"%s\",\"kind\":\"support\",\"owner\":\"assistant\","
                + "\"last_seq\":3,\"history\":\"h\",\"participants\":[]},\"member\":%s,"
                + "\"messages\":[%s],\"up_to\":3,\"more\":false,\"reset\":false}")
            .formatted(id, isVisitor || isStaff, query.contains("after_seq=") ? messages(id) : ""));
  }

  private static boolean maySee(String id) {
    return !id.startsWith("dx") && (!id.startsWith("dq") || asked.merge(id, 1, Integer::sum) <= 2);
  }

  private static String messages(String dialog) {
    return message(dialog, 2, "user", "hello", "complete")
        + ','
        + message(dialog, 3, "assistant", "", "stopped");
  }

  private static String message(String dialog, int seq, String type, String text, String status) {
    return ("{\"id\":\"m%d\",\"conversation_id\":\"%s\",\"seq\":%d,\"changed_seq\":%d,"
            + "\"message_type\":\"%s\",\"sender_id\":\"%s\",\"content\":\"%s\",\"status\":\"%s\","
            + "\"created_at\":\"2026-01-02T03:04:05Z\"}")
        .formatted(seq, dialog, seq, seq, type, dialog, text, status);
  }
}
