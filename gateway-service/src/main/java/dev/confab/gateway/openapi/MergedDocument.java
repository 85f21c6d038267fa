package dev.confab.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.json.Json;
import dev.confab.gateway.proxy.ProxyConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jboss.logging.Logger;

/**
 * {@code /api/v1/openapi.json}: asked of the services now and then; of one that is away, what it
 * said last is kept.
 */
@ApplicationScoped
class MergedDocument {
  private static final Logger LOG = Logger.getLogger(MergedDocument.class);
  private static final String PATH = "/api/v1/openapi.json";
  private static final String OF_SERVICE = "/q/openapi?format=json";
  private static final String OWN = "/openapi/gateway.json";
  private static final int BEFORE_OTHERS = -1000;
  private static final int OK = 200;
  private static final long KEPT_MILLIS = 60_000;
  private static final long TIMEOUT_MILLIS = 3_000;

  private final Map<String, List<URI>> services;
  private final HttpClient http;
  private final Map<String, JsonNode> known = new ConcurrentSkipListMap<>();
  private volatile Buffer merged;
  private volatile long mergedAt;

  MergedDocument(ProxyConfig config, Vertx vertx) {
    this.services =
        Map.of("auth", config.authUrls(), "chat", config.chatUrls(), "ai", config.aiUrls());
    this.http = vertx.createHttpClient();
    known.put("gateway", own());
  }

  private static JsonNode own() {
    try (InputStream in = MergedDocument.class.getResourceAsStream(OWN)) {
      return Json.read(in.readAllBytes(), JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void routes(@Observes Router router) {
    router.get(PATH).order(BEFORE_OTHERS).handler(this::answer);
  }

  private void answer(RoutingContext context) {
    boolean fresh = merged != null && System.currentTimeMillis() - mergedAt < KEPT_MILLIS;
    Future<?> ready = fresh ? Future.succeededFuture() : refresh();
    ready.onComplete(
        done ->
            context
                .response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-cache")
                .end(merged));
  }

  private Future<?> refresh() {
    List<Future<?>> asked = new ArrayList<>();
    services.forEach((service, urls) -> asked.add(ask(service, urls, 0)));
    return Future.join(asked)
        .onComplete(
            done -> {
              merged = Json.write(Merge.of(known));
              // While one of them has never answered, the next reader asks again.
              mergedAt = known.size() > services.size() ? System.currentTimeMillis() : 0;
            });
  }

  private Future<?> ask(String service, List<URI> urls, int index) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(urls.get(index).resolve(OF_SERVICE).toString())
            .setTimeout(TIMEOUT_MILLIS);
    return http.request(request)
        .compose(open -> open.send())
        .compose(
            response ->
                response.statusCode() == OK
                    ? response.body()
                    : Future.failedFuture("status " + response.statusCode()))
        .map(body -> known.put(service, Json.tree(body)))
        .onFailure(
            failure ->
                LOG.debugf(
                    "event=openapi_unknown service=%s reason=\"%s\"",
                    service, failure.getMessage()))
        .recover(
            failure ->
                index + 1 < urls.size()
                    ? ask(service, urls, index + 1).mapEmpty()
                    : Future.failedFuture(failure));
  }
}
