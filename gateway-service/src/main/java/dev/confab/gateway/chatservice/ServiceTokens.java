package dev.confab.gateway.chatservice;

import dev.confab.gateway.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;

/** The gateway's service token (client credentials, RFC 6749 section 4.4), renewed in time. */
@ApplicationScoped
class ServiceTokens {
  private static final Duration RENEW_BEFORE = Duration.ofSeconds(60);

  private record Token(String value, long renewAtMillis) {}

  private record TokenResponse(String accessToken, long expiresIn) {}

  private final HttpClient http;
  private final ChatServiceConfig config;
  private final AtomicReference<Token> token = new AtomicReference<>();
  private final AtomicReference<Future<String>> asking = new AtomicReference<>();

  ServiceTokens(Vertx vertx, ChatServiceConfig config) {
    this.http = vertx.createHttpClient();
    this.config = config;
  }

  Future<String> current() {
    var held = token.get();
    if (held != null && System.currentTimeMillis() < held.renewAtMillis()) {
      return Future.succeededFuture(held.value());
    }
    Promise<String> promise = Promise.promise();
    var there = asking.compareAndExchange(null, promise.future());
    if (there != null) {
      return there;
    }
    ask()
        .onComplete(
            answer -> {
              asking.set(null);
              promise.handle(answer);
            });
    return promise.future();
  }

  /** The token was refused: ask for another next time. */
  void refused() {
    token.set(null);
  }

  private Future<String> ask() {
    var credentials = config.clientId() + ':' + config.clientSecret();
    var basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    var request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(config.authUrl().resolve("/internal/token").toString())
            .setTimeout(config.timeout().toMillis())
            .putHeader("Authorization", "Basic " + basic)
            .putHeader("Content-Type", "application/x-www-form-urlencoded");
    return http.request(request)
        .compose(open -> open.send(Buffer.buffer("grant_type=client_credentials")))
        .compose(
            response ->
                response.statusCode() == 200
                    ? response.body()
                    : Future.failedFuture(
                        "auth-service refused a service token: " + response.statusCode()))
        .map(
            body -> {
              var answer = Json.read(body, TokenResponse.class);
              long lifeMillis =
                  Duration.ofSeconds(answer.expiresIn()).minus(RENEW_BEFORE).toMillis();
              token.set(new Token(answer.accessToken(), System.currentTimeMillis() + lifeMillis));
              return answer.accessToken();
            });
  }
}
