package dev.confab.gateway.dialog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confab.gateway.chatservice.SupportClient;
import dev.confab.gateway.chatservice.SupportClient.Dialog;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;

/** What is known of support dialogs; who polls one does not ask chat-service each time. */
@ApplicationScoped
public class Dialogs {
  private record Asked(String id, String origin) {}

  private final SupportClient support;
  private final Cache<Asked, Dialog> remembered;

  Dialogs(SupportClient support, DialogConfig config) {
    this.support = support;
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(config.maxRemembered())
            .expireAfterWrite(config.remembered())
            .build();
  }

  /**
   * A dialog by its id; fails with {@code UnknownConversation} if there is none.
   *
   * @param origin of the page that asks, or null where there is none
   */
  public Future<Dialog> find(String id, String origin) {
    Asked asked = new Asked(id, origin);
    Dialog known = remembered.getIfPresent(asked);
    return known != null
        ? Future.succeededFuture(known)
        : support.dialog(id, origin).onSuccess(dialog -> remembered.put(asked, dialog));
  }
}
