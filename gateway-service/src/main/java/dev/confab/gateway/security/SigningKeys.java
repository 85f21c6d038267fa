package dev.confab.gateway.security;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Key;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/**
 * auth-service's public keys by key id. Once read they are kept in memory, so tokens are verified
 * while auth-service is away. Its methods may block: virtual threads only.
 */
@ApplicationScoped
public class SigningKeys {
  private static final Logger LOG = Logger.getLogger(SigningKeys.class);
  private static final int MAX_KEYS_BYTES = 64 * 1024;
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);
  private static final Duration LAST_RETRY = Duration.ofSeconds(1);

  private final SecurityConfig config;
  private final HttpClient http;
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile Map<String, Key> keys = Map.of();
  private volatile long nextRefreshNanos = System.nanoTime();
  private volatile boolean lastRefreshFailed;

  SigningKeys(SecurityConfig config, Vertx vertx) {
    this.config = config;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setMaxPoolSize(1)
                .setConnectTimeout((int) config.keysTimeout().toMillis())
                .setKeepAliveTimeout(5));
  }

  /** Whether keys were read at least once. */
  public boolean loaded() {
    return !keys.isEmpty();
  }

  /** Whether an unknown key may only be unknown because auth-service did not answer. */
  boolean stale() {
    return lastRefreshFailed;
  }

  /** The key of that id, or null; an unknown id asks auth-service again, now and then. */
  Key find(String keyId) {
    Key known = keys.get(keyId);
    if (known != null) {
      return known;
    }
    refreshIfDue();
    return keys.get(keyId);
  }

  /** Reads the keys until that succeeds, and from then on as often as configured. */
  void keepFresh() throws InterruptedException {
    Duration retry = FIRST_RETRY;
    while (true) {
      if (refresh()) {
        retry = FIRST_RETRY;
        Thread.sleep(config.keysMaxAge());
      } else {
        Thread.sleep(retry);
        retry =
            retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
      }
    }
  }

  private void refreshIfDue() {
    refreshing.lock();
    try {
      if (System.nanoTime() - nextRefreshNanos >= 0) {
        refresh();
      }
    } finally {
      refreshing.unlock();
    }
  }

  private boolean refresh() {
    refreshing.lock();
    try {
      keys = parse(fetch());
      lastRefreshFailed = false;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      lastRefreshFailed = true;
      LOG.warnf("event=keys_unavailable reason=\"%s\"", e.getMessage());
      return false;
    } finally {
      nextRefreshNanos = System.nanoTime() + config.keysMinInterval().toNanos();
      refreshing.unlock();
    }
  }

  private String fetch() throws Exception {
    String url = config.authUrl().resolve("/.well-known/jwks.json").toString();
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(url)
            .setTimeout(config.keysTimeout().toMillis());
    return http.request(request)
        .compose(r -> r.send().compose(SigningKeys::bodyOf))
        .toCompletionStage()
        .toCompletableFuture()
        .get(2 * config.keysTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .toString();
  }

  private static io.vertx.core.Future<Buffer> bodyOf(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      return io.vertx.core.Future.failedFuture("status " + response.statusCode());
    }
    return response.body();
  }

  private static Map<String, Key> parse(String json) throws JoseException {
    if (json.length() > MAX_KEYS_BYTES) {
      throw new JoseException("key set larger than " + MAX_KEYS_BYTES + " bytes");
    }
    Map<String, Key> byId = new HashMap<>();
    for (JsonWebKey key : new JsonWebKeySet(json).getJsonWebKeys()) {
      if (key.getKeyId() != null && "EC".equals(key.getKeyType())) {
        byId.put(key.getKeyId(), key.getKey());
      }
    }
    if (byId.isEmpty()) {
      throw new JoseException("key set has no EC key with an id");
    }
    return Map.copyOf(byId);
  }
}
