package dev.confab.gateway.proxy;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.problem.Problem;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;

/** What changes on a request's way to its service and on the answer's way back. */
final class Forwarding implements ProxyInterceptor {
  private static final Logger LOG = Logger.getLogger(Forwarding.class);
  private static final int TOO_LARGE = 413;
  private static final int UNAVAILABLE = 503;
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED_PROTO = "X-Forwarded-Proto";
  private static final String FORWARDED_HOST = "X-Forwarded-Host";
  private static final Set<HttpMethod> REPEATABLE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final List<String> HOP_BY_HOP =
      List.of(
          "Connection",
          "Keep-Alive",
          "Proxy-Authenticate",
          "Proxy-Authorization",
          "Proxy-Connection",
          "TE",
          "Trailer",
          "Upgrade");

  private final ProxyConfig config;
  private final Upstream upstream;

  Forwarding(ProxyConfig config, Upstream upstream) {
    this.config = config;
    this.upstream = upstream;
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    ProxyRequest request = context.request();
    dropHopByHop(request.headers());
    tellOrigin(request);
    if (!hasBody(request.proxiedRequest())) {
      request.setBody(null);
      return sendTwice(context);
    }
    BoundedBody body = new BoundedBody(request.getBody().stream(), config.maxBodyBytes());
    request.setBody(Body.body(body, request.getBody().length()));
    return context
        .sendRequest()
        .recover(
            failure ->
                Future.succeededFuture(
                    body.isTooLong() ? tooLong(context) : unavailable(context, failure)));
  }

  /** A request without a body that changes nothing may go to another replica when one died. */
  private Future<ProxyResponse> sendTwice(ProxyContext context) {
    Future<ProxyResponse> first = context.sendRequest();
    Future<ProxyResponse> last =
        REPEATABLE.contains(context.request().getMethod())
            ? first.recover(failure -> context.sendRequest())
            : first;
    return last.recover(failure -> Future.succeededFuture(unavailable(context, failure)));
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return request.getHeader("Transfer-Encoding") != null || length != null && !length.equals("0");
  }

  private void tellOrigin(ProxyRequest proxied) {
    HttpServerRequest request = proxied.proxiedRequest();
    MultiMap headers = proxied.headers();
    headers.remove("Forwarded");
    String client = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    String before = config.trustForwarded() ? headers.get(FORWARDED_FOR) : null;
    headers.set(FORWARDED_FOR, before == null ? String.valueOf(client) : before + ", " + client);
    if (!config.trustForwarded() || !headers.contains(FORWARDED_PROTO)) {
      headers.set(FORWARDED_PROTO, request.isSSL() ? "https" : "http");
    }
    if (!config.trustForwarded() || !headers.contains(FORWARDED_HOST)) {
      headers.remove(FORWARDED_HOST);
      if (request.authority() != null) {
        headers.set(FORWARDED_HOST, request.authority().toString());
      }
    }
  }

  @Override
  public Future<Void> handleProxyResponse(ProxyContext context) {
    MultiMap headers = context.response().headers();
    dropHopByHop(headers);
    headers.remove("Server");
    if (!headers.contains("Cache-Control")) {
      headers.set("Cache-Control", "no-store");
    }
    return context.sendResponse();
  }

  private static void dropHopByHop(MultiMap headers) {
    for (String named : headers.getAll("Connection")) {
      for (String name : named.split(",")) {
        headers.remove(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    HOP_BY_HOP.forEach(headers::remove);
  }

  private ProxyResponse tooLong(ProxyContext context) {
    String detail = "a request's body may have %d bytes".formatted(config.maxBodyBytes());
    return answer(context, Problem.of(TOO_LARGE, ErrorCode.INVALID_VALUE, detail))
        .putHeader("Connection", "close");
  }

  private ProxyResponse unavailable(ProxyContext context, Throwable failure) {
    // The path alone: a query may hold what is not to be logged.
    LOG.warnf(
        "event=proxy_failed service=%s method=%s path=%s reason=\"%s\"",
        upstream.name(),
        context.request().getMethod(),
        PathGuard.loggable(context.request().proxiedRequest().path()),
        failure.getMessage());
    String detail = upstream.name() + " is not available now; try again";
    return answer(context, Problem.of(UNAVAILABLE, ErrorCode.INTERNAL, detail))
        .putHeader("Retry-After", "1");
  }

  private static ProxyResponse answer(ProxyContext context, Problem problem) {
    return context
        .request()
        .release()
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .setBody(Body.body(problem.json()));
  }
}
