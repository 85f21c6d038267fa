package dev.confab.gateway.chatservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.confab.gateway.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls chat-service's public paths with a user's own token. Never blocks; a request that changes
 * nothing is tried on the next URL when the first one fails, any other where it could not even be
 * connected to.
 */
@ApplicationScoped
public class PublicApi {
  /**
   * A user's request.
   *
   * @param path with its query
   * @param token the user's, or null
   * @param key the {@code Idempotency-Key}, or null
   * @param body or null
   */
  public record Request(
      HttpMethod method, String path, String token, String key, Object body, Duration timeout) {}

  /**
   * What chat-service answered.
   *
   * @param body a missing node where it is empty or not JSON
   */
  public record Answer(int status, JsonNode body) {
    /** Whether the request was done. */
    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /** Nothing was sent. */
  private static final class Unconnected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unconnected(Throwable cause) {
      super(cause.getMessage(), cause, false, false);
    }
  }

  private final HttpClient http;
  private final ChatServiceConfig config;
  private final AtomicInteger turn = new AtomicInteger();

  PublicApi(Vertx vertx, ChatServiceConfig config) {
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setTcpNoDelay(true),
            new PoolOptions().setHttp1MaxSize(config.poolSize()));
    this.config = config;
  }

  /** Makes a request; fails only if no answer came. */
  public Future<Answer> call(Request request) {
    return attempt(request, config.urls().size() + 1);
  }

  private Future<Answer> attempt(Request request, int attempts) {
    var urls = config.urls();
    URI url = urls.get(Math.floorMod(turn.getAndIncrement(), urls.size()));
    return once(url, request)
        .recover(
            failure ->
                attempts > 1 && isRepeatable(request, failure)
                    ? attempt(request, attempts - 1)
                    : Future.failedFuture(failure));
  }

  private static boolean isRepeatable(Request request, Throwable failure) {
    return HttpMethod.GET.equals(request.method()) || failure instanceof Unconnected;
  }

  private Future<Answer> once(URI url, Request request) {
    boolean tls = "https".equals(url.getScheme());
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setHost(url.getHost())
            .setPort(url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80)
            .setSsl(tls)
            .setURI(request.path())
            .setTimeout(request.timeout().toMillis())
            .putHeader("Content-Type", "application/json");
    if (request.token() != null) {
      options.putHeader("Authorization", "Bearer " + request.token());
    }
    if (request.key() != null) {
      options.putHeader("Idempotency-Key", request.key());
    }
    return http.request(options)
        .recover(failure -> Future.failedFuture(new Unconnected(failure)))
        .compose(
            open -> request.body() == null ? open.send() : open.send(Json.write(request.body())))
        .compose(PublicApi::answer);
  }

  private static Future<Answer> answer(HttpClientResponse response) {
    return response.body().map(body -> new Answer(response.statusCode(), tree(body)));
  }

  private static JsonNode tree(Buffer body) {
    if (body.length() == 0) {
      return MissingNode.getInstance();
    }
    try {
      return Json.tree(body);
    } catch (UncheckedIOException e) {
      return MissingNode.getInstance();
    }
  }
}
