package dev.confab.gateway.aichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.chatservice.PublicApi;
import dev.confab.gateway.chatservice.PublicApi.Answer;
import dev.confab.gateway.rest.Outcome;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Requests of v1 in a caller's name. */
@ApplicationScoped
class V1 {
  private static final int PAGE = 200;
  private static final int MAX_PAGES = 50;

  private final PublicApi chat;
  private final AiChatConfig config;

  V1(PublicApi chat, AiChatConfig config) {
    this.chat = chat;
    this.config = config;
  }

  /** Items of a list, or why there are none. */
  record Items(List<JsonNode> items, Answer refusal) {
    <T> T map(Function<List<JsonNode>, T> then, Function<Outcome, T> otherwise) {
      return refusal == null
          ? then.apply(items)
          : otherwise.apply(Outcome.refused(refusal, "message"));
    }
  }

  Future<Answer> call(Caller caller, HttpMethod method, String path, Object body) {
    String token = caller == null ? null : caller.token();
    return chat.call(new PublicApi.Request(method, path, token, null, body, config.timeout()));
  }

  /**
   * Walks a list page by page.
   *
   * @param limit items at most
   * @param wanted items that count
   */
  Future<Items> items(Caller caller, String path, int limit, Predicate<JsonNode> wanted) {
    return items(caller, path, limit, wanted, null, new ArrayList<>(), MAX_PAGES);
  }

  private Future<Items> items(
      Caller caller,
      String path,
      int limit,
      Predicate<JsonNode> wanted,
      String cursor,
      List<JsonNode> found,
      int pages) {
    StringBuilder page = new StringBuilder(path).append(path.contains("?") ? '&' : '?');
    page.append("limit=").append(Math.min(PAGE, limit));
    if (cursor != null) {
      page.append("&cursor=").append(URLEncoder.encode(cursor, StandardCharsets.UTF_8));
    }
    return call(caller, HttpMethod.GET, page.toString(), null)
        .compose(
            answer -> {
              if (!answer.isSuccess()) {
                return Future.succeededFuture(new Items(null, answer));
              }
              answer
                  .body()
                  .path("items")
                  .forEach(
                      item -> {
                        if (found.size() < limit && wanted.test(item)) {
                          found.add(item);
                        }
                      });
              JsonNode next = answer.body().path("next_cursor");
              return next.isTextual() && found.size() < limit && pages > 1
                  ? items(caller, path, limit, wanted, next.textValue(), found, pages - 1)
                  : Future.succeededFuture(new Items(found, null));
            });
  }
}
