package dev.confab.gateway.fanout;

import dev.confab.gateway.chatservice.ChatServiceClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Asks how far conversations are, so that whoever is behind catches up. */
final class Heads {
  private static final Logger LOG = Logger.getLogger(Heads.class);
  private static final int HEADS_PER_CALL = 1_000;

  private final ChatServiceClient chat;
  private long askedAtMillis;

  Heads(ChatServiceClient chat) {
    this.chat = chat;
  }

  boolean askedWithin(long millis) {
    return System.currentTimeMillis() - askedAtMillis < millis;
  }

  void ask(Collection<String> conversationIds, Consumer<ChatServiceClient.Head> answer) {
    askedAtMillis = System.currentTimeMillis();
    var ids = new ArrayList<>(conversationIds);
    for (int start = 0; start < ids.size(); start += HEADS_PER_CALL) {
      var some = List.copyOf(ids.subList(start, Math.min(start + HEADS_PER_CALL, ids.size())));
      chat.heads(some)
          .onSuccess(heads -> heads.forEach(answer))
          .onFailure(failure -> LOG.debugf("event=heads_failed reason=%s", failure.getMessage()));
    }
  }
}
