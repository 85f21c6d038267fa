package dev.confab.gateway.aichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.chatservice.ChatServiceClient;
import dev.confab.gateway.fanout.Fanout;
import dev.confab.gateway.fanout.Frame;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** The lists of sessions that sockets of this replica watch, one per user. */
@ApplicationScoped
public class SessionLists {
  /** A socket that shows a user's list. */
  public interface Watcher {
    /** Whose list. */
    String userId();

    /** Takes a frame of this dialect; never blocks. */
    void deliver(Frame frame);
  }

  private final Fanout fanout;
  private final ChatServiceClient chat;
  private final AiChatConfig config;
  private final Vertx vertx;
  private final Map<String, SessionList> lists = new HashMap<>();

  SessionLists(Fanout fanout, ChatServiceClient chat, AiChatConfig config, Vertx vertx) {
    this.fanout = fanout;
    this.chat = chat;
    this.config = config;
    this.vertx = vertx;
  }

  /** Shows a user's list from now on; completes when every change from then on is told. */
  public synchronized Future<Void> watch(Watcher watcher) {
    SessionList list =
        lists.computeIfAbsent(
            watcher.userId(),
            user -> {
              SessionList made = new SessionList(user, chat, config, vertx);
              made.subscribed(fanout.connected(made));
              return made;
            });
    return list.add(watcher);
  }

  /** A watcher is gone. */
  public synchronized void unwatch(Watcher watcher) {
    SessionList list = lists.get(watcher.userId());
    if (list != null && list.remove(watcher)) {
      lists.remove(watcher.userId());
      fanout.disconnected(list);
    }
  }

  /** What a change of a conversation is to the list. */
  static String changeOf(JsonNode conversation, boolean isNew) {
    if (!conversation.path("is_active").asBoolean()) {
      return "session_deleted";
    }
    return isNew ? "session_created" : "session_updated";
  }
}
