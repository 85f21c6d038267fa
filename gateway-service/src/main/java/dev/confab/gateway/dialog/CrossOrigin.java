package dev.confab.gateway.dialog;

import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;

/** What a browser is told about pages of other origins. Never with credentials. */
@ApplicationScoped
class CrossOrigin {
  private static final int NO_CONTENT = 204;
  private static final String METHODS = "GET, POST, PUT";
  private static final String HEADERS = "Authorization, Content-Type, Idempotency-Key";

  private final String maxAge;

  CrossOrigin(DialogConfig config) {
    this.maxAge = Long.toString(config.preflightLife().toSeconds());
  }

  /** Says that the answer differs by origin; to be called whatever it will be. */
  static void vary(HttpServerResponse response) {
    response.putHeader("Vary", "Origin");
  }

  /** Lets pages of an origin read the answer; null lets nobody. */
  static void open(HttpServerResponse response, String origin) {
    if (origin != null) {
      response
          .putHeader("Access-Control-Allow-Origin", origin)
          .putHeader("Access-Control-Expose-Headers", "Retry-After");
    }
  }

  /** Takes that back. */
  static void shut(HttpServerResponse response) {
    response.headers().remove("Access-Control-Allow-Origin");
    response.headers().remove("Access-Control-Expose-Headers");
  }

  /** Answers a browser that asks whether a page may ask. */
  void preflight(HttpServerResponse response, String origin) {
    open(response, origin);
    response
        .putHeader("Access-Control-Allow-Methods", METHODS)
        .putHeader("Access-Control-Allow-Headers", HEADERS)
        .putHeader("Access-Control-Max-Age", maxAge)
        .setStatusCode(NO_CONTENT)
        .end();
  }
}
