package dev.confab.gateway.fanout;

import dev.confab.contracts.RedisKeys;
import dev.confab.gateway.chatservice.ChatServiceClient;
import dev.confab.gateway.chatservice.ChatServiceClient.ShownDialog;
import dev.confab.gateway.chatservice.ChatServiceClient.Watcher;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The operators of this replica who watch the queue of dialogs. Which dialogs changed comes through
 * Redis; what they are now, and who may see them, is asked of chat-service for many at once. Where
 * nobody watches, nothing is subscribed and nothing is asked. On the fan-out's context.
 */
final class DeskWatch {
  private static final Logger LOG = Logger.getLogger(DeskWatch.class);
  private static final int MAX_WATCHERS = 1_000;
  private static final int MAX_CHANGED = 10_000;
  private static final int ASKED_AT_ONCE = 200;
  private static final String ADMIN = "admin";

  private final ChatServiceClient chat;
  private final RedisChannels channels;
  private final FanoutConfig config;
  private final Map<Subscriber, String> watchers = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private boolean asking;
  private long askAtMillis;
  private long tellAtMillis;

  DeskWatch(ChatServiceClient chat, RedisChannels channels, FanoutConfig config) {
    this.chat = chat;
    this.channels = channels;
    this.config = config;
  }

  /** Begins to tell an operator; fails if too many watch here. */
  Future<Void> add(Subscriber subscriber, String name) {
    if (watchers.size() >= MAX_WATCHERS && !watchers.containsKey(subscriber)) {
      return Future.failedFuture("too many watch");
    }
    watchers.put(subscriber, name);
    tellAtMillis = 0;
    // While Redis is away it is subscribed later.
    return channels.subscribe(RedisKeys.DESK_CHANNEL).otherwiseEmpty();
  }

  void remove(Subscriber subscriber) {
    if (watchers.remove(subscriber) != null && watchers.isEmpty()) {
      changed.clear();
      channels.unsubscribe(RedisKeys.DESK_CHANNEL);
    }
  }

  /** A dialog is not what it was. */
  void changed(String conversationId) {
    if (!watchers.isEmpty() && changed.size() < MAX_CHANGED) {
      changed.add(conversationId);
    }
  }

  /** Asks for what changed, if it is time to; now and then only to say who watches. */
  void tick(long nowMillis) {
    boolean isDue = changed.isEmpty() ? nowMillis >= tellAtMillis : nowMillis >= askAtMillis;
    if (watchers.isEmpty() || asking || !isDue) {
      return;
    }
    asking = true;
    askAtMillis = nowMillis + config.deskEvery().toMillis();
    tellAtMillis = nowMillis + config.watchersToldEvery().toMillis();
    List<String> ids = take();
    chat.desk(ids, present())
        .onComplete(
            answer -> {
              asking = false;
              if (answer.succeeded()) {
                answer.result().forEach(this::show);
              } else {
                LOG.debugf("event=desk_not_read error=%s", answer.cause());
                changed.addAll(ids);
              }
            });
  }

  private List<String> take() {
    List<String> taken = new ArrayList<>(Math.min(changed.size(), ASKED_AT_ONCE));
    Iterator<String> each = changed.iterator();
    while (each.hasNext() && taken.size() < ASKED_AT_ONCE) {
      taken.add(each.next());
      each.remove();
    }
    return taken;
  }

  private List<Watcher> present() {
    Map<String, Watcher> byId = new HashMap<>();
    watchers.forEach(
        (subscriber, name) ->
            byId.put(subscriber.userId(), new Watcher(subscriber.userId(), name)));
    return List.copyOf(byId.values());
  }

  private void show(ShownDialog shown) {
    Frame frame = V1Frames.deskUpdated(shown.dialog());
    watchers.keySet().stream()
        .filter(watcher -> maySee(watcher, shown.operators()))
        .forEach(watcher -> watcher.send(frame));
  }

  /** As the watcher's token says now: it may have been renewed with another role. */
  private static boolean maySee(Subscriber watcher, List<String> operators) {
    String role = watcher.staffRole();
    return role != null
        && (ADMIN.equals(role) || operators == null || operators.contains(watcher.userId()));
  }
}
