import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A chat client in one file, for the tour: {@code java Chat.java USER PASSWORD [CONVERSATION]}. Needs
 * a JDK (17 or newer) and nothing else. What you type is sent; what anybody says in the conversation
 * is shown, replies as they are being written. A dropped socket is opened again and resumes by number.
 *
 * <p>Options: {@code --url http://localhost:8090} (another gateway), {@code --frames} (show frames as
 * they are on the wire). Ends with the input; a last reply is waited for.
 */
public class Chat {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String url;
  private final boolean showFrames;
  private final Map<String, Integer> shown = new HashMap<>();
  private volatile String me;
  private volatile String token;
  private volatile String conversation;
  private volatile long seq = -1;
  private volatile int awaited;
  private volatile WebSocket socket;
  private final Map<String, String> unacknowledged = new LinkedHashMap<>();
  private boolean joined;
  private boolean midLine;
  private volatile boolean leaving;

  Chat(String url, boolean showFrames) {
    this.url = url;
    this.showFrames = showFrames;
  }

  public static void main(String[] args) throws Exception {
    var words = new ArrayList<>(List.of(args));
    boolean frames = words.remove("--frames");
    String url = "http://localhost:8080";
    int option = words.indexOf("--url");
    if (option >= 0 && option + 1 < words.size()) {
      words.remove(option);
      url = words.remove(option);
    }
    if (words.size() < 2) {
      System.err.println("usage: java Chat.java USER PASSWORD [CONVERSATION] [--url URL] [--frames]");
      System.exit(2);
    }
    var chat = new Chat(url, frames);
    chat.signIn(words.get(0), words.get(1));
    chat.conversation = words.size() > 2 ? words.get(2) : chat.create();
    chat.connect();
    chat.talk();
  }

  private void signIn(String username, String password) throws Exception {
    var answer =
        post(
            "/api/v1/auth/login",
            "{\"username\":" + quoted(username) + ",\"password\":" + quoted(password) + "}");
    token = (String) answer.get("access_token");
    me = (String) object(answer, "user").get("id");
  }

  private String create() throws Exception {
    var id = (String) post("/api/v1/conversations", "{\"kind\":\"assistant\"}").get("id");
    System.out.println("New conversation " + id);
    return id;
  }

  private Map<String, Object> post(String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(path + " says " + answer.statusCode() + ": " + answer.body());
    }
    return Json.read(answer.body());
  }

  private void connect() {
    HTTP.newWebSocketBuilder()
        .buildAsync(URI.create(url.replaceFirst("^http", "ws") + "/api/v1/chat/ws"), new Incoming())
        .whenComplete((opened, failure) -> {
          if (failure != null) {
            again();
          } else {
            socket = opened;
            send("{\"type\":\"auth\",\"token\":" + quoted(token) + "}");
          }
        });
  }

  /** A second later, from where we were. */
  private void again() {
    if (!leaving) {
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(this::connect);
    }
  }

  private void talk() throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    awaitJoined();
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (!line.isBlank()) {
        awaitJoined();
        awaited++;
        say(UUID.randomUUID().toString(), line);
      }
    }
    // The input has ended: stay for the last reply, at most half a minute.
    for (int i = 0; i < 300 && awaited > 0; i++) {
      Thread.sleep(100);
    }
    leaving = true;
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").orTimeout(1, TimeUnit.SECONDS).exceptionally(e -> null).join();
    System.exit(0);
  }

  /** Kept until it is acknowledged: sent again with the same client_id, it is stored once. */
  private synchronized void say(String clientId, String line) {
    var frame =
        "{\"type\":\"send_message\",\"data\":{\"conversation_id\":" + quoted(conversation)
            + ",\"message_type\":\"user\",\"client_id\":" + quoted(clientId)
            + ",\"content\":" + quoted(line) + "}}";
    unacknowledged.put(clientId, frame);
    send(frame);
  }

  private synchronized void awaitJoined() throws InterruptedException {
    while (!joined) {
      wait();
    }
  }

  private synchronized void joined() {
    joined = true;
    notifyAll();
    unacknowledged.values().forEach(this::send);
  }

  private synchronized void acknowledged(String clientId) {
    unacknowledged.remove(clientId);
  }

  private synchronized void apart() {
    joined = false;
  }

  private synchronized void send(String frame) {
    if (showFrames) {
      say("> " + frame.replaceAll("(\"token\":)\"[^\"]*\"", "$1\"…\""));
    }
    // What fails to leave now is sent again after the next join.
    socket.sendText(frame, true).exceptionally(failure -> null);
  }

  private void received(String text) {
    if (showFrames) {
      say("< " + text);
    }
    var frame = Json.read(text);
    var data = object(frame, "data");
    switch (String.valueOf(frame.get("type"))) {
      case "auth_success" -> join();
      case "joined" -> {
        // Without a number of ours nothing old is sent, so we begin here.
        seq = seq < 0 ? number(data, "last_seq") : seq;
        say("(joined; the last change is number " + number(data, "last_seq") + ")");
        joined();
      }
      case "message_ack" -> acknowledged((String) data.get("client_id"));
      case "message_received" -> message(object(data, "message"));
      case "stream_start" -> seq = Math.max(seq, number(data, "seq"));
      case "stream_content" ->
          piece((String) data.get("message_id"), (int) number(data, "offset"), (String) data.get("content"));
      case "stream_complete" -> {
        seq = Math.max(seq, number(data, "seq"));
        ended(data.get("finish_reason"));
      }
      case "error" -> {
        say("error: " + frame.get("data"));
        awaited = 0;
      }
      default -> {
        // Acknowledgements and signals need no line of their own here.
      }
    }
  }

  private void join() {
    var from = seq < 0 ? "" : ",\"after_seq\":" + seq;
    send("{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":" + quoted(conversation) + from + "}}");
  }

  private void message(Map<String, Object> message) {
    seq = Math.max(seq, number(message, "changed_seq"));
    var content = String.valueOf(message.get("content"));
    if ("assistant".equals(message.get("message_type"))) {
      piece((String) message.get("id"), 0, content);
      ended(message.get("status"));
    } else {
      say((me.equals(message.get("sender_id")) ? "you" : message.get("sender_name")) + ": " + content);
    }
  }

  /** Shows what of a reply was not shown yet: after a reconnect it comes from its beginning. */
  private void piece(String messageId, int offset, String text) {
    int known = shown.getOrDefault(messageId, 0);
    if (offset + text.length() > known) {
      System.out.print((midLine ? "" : "assistant: ") + text.substring(Math.max(0, known - offset)));
      System.out.flush();
      midLine = true;
      shown.put(messageId, offset + text.length());
    }
  }

  private void ended(Object how) {
    System.out.println((midLine ? "   (" : "assistant: (") + how + ")");
    midLine = false;
    awaited = Math.max(0, awaited - 1);
  }

  private void say(String line) {
    System.out.println((midLine ? "\n" : "") + line);
    midLine = false;
  }

  private class Incoming implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        var whole = partial.toString();
        partial.setLength(0);
        received(whole);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      lost("closed with " + code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      lost("lost");
    }

    private void lost(String how) {
      apart();
      if (!leaving) {
        say("(connection " + how + "; connecting again)");
        again();
      }
    }
  }

  private static long number(Map<String, Object> from, String name) {
    return from.get(name) instanceof Number number ? number.longValue() : 0;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> from, String name) {
    return from.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  /** Just enough JSON to need no library. */
  private static final class Json {
    private final String text;
    private int at;

    private Json(String text) {
      this.text = text;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> read(String text) {
      return (Map<String, Object>) new Json(text).value();
    }

    private Object value() {
      blank();
      char c = text.charAt(at);
      if (c == '{') {
        return members();
      } else if (c == '[') {
        return elements();
      } else if (c == '"') {
        return string();
      }
      int start = at;
      while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      var word = text.substring(start, at);
      return switch (word) {
        case "true" -> true;
        case "false" -> false;
        case "null" -> null;
        default -> Double.valueOf(word);
      };
    }

    private Map<String, Object> members() {
      var map = new HashMap<String, Object>();
      for (at++, blank(); text.charAt(at) != '}'; ) {
        var name = string();
        blank();
        at++;
        map.put(name, value());
        next();
      }
      at++;
      return map;
    }

    private List<Object> elements() {
      var list = new ArrayList<Object>();
      for (at++, blank(); text.charAt(at) != ']'; next()) {
        list.add(value());
      }
      at++;
      return list;
    }

    private void next() {
      blank();
      if (text.charAt(at) == ',') {
        at++;
        blank();
      }
    }

    private String string() {
      var result = new StringBuilder();
      for (at++; text.charAt(at) != '"'; at++) {
        char c = text.charAt(at);
        if (c != '\\') {
          result.append(c);
          continue;
        }
        c = text.charAt(++at);
        if (c == 'u') {
          result.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
          at += 4;
        } else {
          int special = "nrtbf".indexOf(c);
          result.append(special < 0 ? c : "\n\r\t\b\f".charAt(special));
        }
      }
      at++;
      return result.toString();
    }

    private void blank() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }
  }
}
