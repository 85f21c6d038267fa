package dev.confab.gateway.dialog;

import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.Message;
import dev.confab.gateway.chatservice.ChatServiceClient;
import dev.confab.gateway.chatservice.ChatServiceClient.UnknownConversation;
import dev.confab.gateway.dialect.DialogMessage;
import dev.confab.gateway.security.Identity;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was said in a dialog so far, for those who may read it. */
@ApplicationScoped
class Transcript {
  private static final int MAX_PAGES = 200;

  private final ChatServiceClient chat;
  private final DialogConfig config;

  Transcript(ChatServiceClient chat, DialogConfig config) {
    this.chat = chat;
    this.config = config;
  }

  /**
   * The messages in order; fails with {@code UnknownConversation} if the reader may not see them.
   *
   * @param after id of the message after which to begin; null, or one that is not there, for all
   */
  Future<List<DialogMessage>> read(String dialogId, Identity reader, String after) {
    return chat.changes(dialogId, 0L, null, reader.userId(), reader.staffRole())
        .compose(
            first ->
                first.member()
                    ? rest(dialogId, first, new LinkedHashMap<>(), MAX_PAGES)
                    : Future.failedFuture(new UnknownConversation()))
        .map(all -> after(all, after));
  }

  /** A message that changed while pages were read stands in two of them: the latter counts. */
  private Future<Map<String, Message>> rest(
      String dialogId, Changes page, Map<String, Message> found, int pages) {
    page.messages().forEach(message -> found.put(message.id(), message));
    if (!page.more() || pages == 0) {
      return Future.succeededFuture(found);
    }
    return chat.changes(dialogId, page.upTo(), page.conversation().history(), null, null)
        .compose(next -> rest(dialogId, next, found, pages - 1));
  }

  private List<DialogMessage> after(Map<String, Message> found, String id) {
    Message last = id == null ? null : found.get(id);
    List<DialogMessage> told =
        found.values().stream()
            .filter(message -> last == null || message.seq() > last.seq())
            .sorted(Comparator.comparingLong(Message::seq))
            .filter(DialogMessage::isTold)
            .map(DialogMessage::of)
            .toList();
    return told.subList(Math.max(0, told.size() - config.maxMessages()), told.size());
  }
}
