package dev.confab.gateway.aichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.chatservice.ChatServiceClient;
import dev.confab.gateway.dialect.AiChatFrames;
import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.Subscriber;
import dev.confab.gateway.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * One user's sessions as their sockets here see them. The user's channel says which conversation
 * changed; how it stands is then read once for all sockets, several changes in one go.
 */
final class SessionList implements Subscriber {
  private static final long RETRY_MILLIS = 500;
  private static final int LOOKED_UP_AT_ONCE = 100;
  private static final int MAX_PENDING = 1_000;
  private static final long FIRST = 1;

  /**
   * A change that was not told yet.
   *
   * @param isNew whether it began the conversation
   * @param last the conversation as the change told it, or null
   */
  private record Change(boolean isNew, JsonNode last) {
    Change then(Change next) {
      return new Change(isNew || next.isNew, next.last == null ? last : next.last);
    }
  }

  private final String userId;
  private final ChatServiceClient chat;
  private final AiChatConfig config;
  private final Vertx vertx;
  private final Set<SessionLists.Watcher> watchers = new CopyOnWriteArraySet<>();
  private final Map<String, Change> pending = new LinkedHashMap<>();
  private Future<Void> subscription;
  private boolean scheduled;

  SessionList(String userId, ChatServiceClient chat, AiChatConfig config, Vertx vertx) {
    this.userId = userId;
    this.chat = chat;
    this.config = config;
    this.vertx = vertx;
  }

  void subscribed(Future<Void> whenLive) {
    subscription = whenLive;
  }

  Future<Void> add(SessionLists.Watcher watcher) {
    watchers.add(watcher);
    return subscription;
  }

  /** Removes a watcher; returns whether it was the last one. */
  boolean remove(SessionLists.Watcher watcher) {
    watchers.remove(watcher);
    return watchers.isEmpty();
  }

  @Override
  public String connectionId() {
    return "sessions-of-" + userId;
  }

  @Override
  public String userId() {
    return userId;
  }

  @Override
  public void send(Frame frame) {
    if (!(frame instanceof Frame.Whole)) {
      return;
    }
    JsonNode root = Json.tree(frame.json());
    JsonNode data = root.path("data");
    switch (root.path("type").asText()) {
      case "conversation_updated" -> {
        JsonNode conversation = data.path("conversation");
        boolean isNew = data.path("seq").asLong() == FIRST;
        if (SessionView.isSession(conversation) && data.has("seq")) {
          note(conversation.path("id").asText(), new Change(isNew, conversation));
        }
      }
      case "message_added" ->
          note(data.path("message").path("conversation_id").asText(), new Change(false, null));
      default -> {
        // Nothing of it stands in a list.
      }
    }
  }

  private synchronized void note(String conversationId, Change change) {
    if (pending.size() < MAX_PENDING || pending.containsKey(conversationId)) {
      pending.merge(conversationId, change, Change::then);
    }
    schedule(config.listDelay().toMillis());
  }

  private void schedule(long millis) {
    if (!scheduled) {
      scheduled = true;
      vertx.setTimer(Math.max(1, millis), timer -> look());
    }
  }

  private void look() {
    Map<String, Change> some = take();
    chat.sessions(userId, List.copyOf(some.keySet()))
        .onSuccess(
            found -> {
              tell(some, found);
              again(Map.of(), config.listDelay().toMillis());
            })
        .onFailure(failure -> again(some, RETRY_MILLIS));
  }

  private synchronized Map<String, Change> take() {
    Map<String, Change> some = new LinkedHashMap<>();
    for (String id : List.copyOf(pending.keySet())) {
      if (some.size() == LOOKED_UP_AT_ONCE) {
        break;
      }
      some.put(id, pending.remove(id));
    }
    return some;
  }

  private synchronized void again(Map<String, Change> untold, long millis) {
    untold.forEach(
        (id, change) -> pending.merge(id, change, (later, earlier) -> earlier.then(later)));
    scheduled = false;
    if (!pending.isEmpty() && !watchers.isEmpty()) {
      schedule(millis);
    }
  }

  private void tell(Map<String, Change> changes, JsonNode found) {
    Map<String, JsonNode> standing = new HashMap<>();
    found
        .path("sessions")
        .forEach(
            session -> standing.put(session.path("conversation").path("id").asText(), session));
    List<Frame> frames = new ArrayList<>();
    changes.forEach(
        (id, change) -> {
          JsonNode session = standing.get(id);
          if (session == null && change.last() != null) {
            // One takes no part any more.
            frames.add(frame("session_deleted", change.last(), 0));
          } else if (session != null && SessionView.isSession(session.path("conversation"))) {
            JsonNode conversation = session.path("conversation");
            frames.add(
                frame(
                    SessionLists.changeOf(conversation, change.isNew()),
                    conversation,
                    session.path("message_count").asLong()));
          }
        });
    watchers.forEach(watcher -> frames.forEach(watcher::deliver));
  }

  private static Frame frame(String type, JsonNode conversation, long messages) {
    return AiChatFrames.sessionChange(type, SessionView.of(conversation, messages));
  }

  @Override
  public boolean isDrained() {
    return true;
  }

  @Override
  public void close(int code, String reason) {
    // It is no socket, and joins nothing that could end.
  }
}
