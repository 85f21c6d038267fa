package dev.confab.gateway.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Duration;

/** Times forwarded requests until the answer's head, by service and class of status. */
final class ForwardingMetrics implements ProxyInterceptor {
  private final MeterRegistry registry;
  private final String service;

  ForwardingMetrics(MeterRegistry registry, String service) {
    this.registry = registry;
    this.service = service;
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    long start = System.nanoTime();
    return context
        .sendRequest()
        .onComplete(
            answer ->
                record(
                    answer.succeeded() ? answer.result().getStatusCode() / 100 + "xx" : "failed",
                    start));
  }

  private void record(String outcome, long start) {
    registry
        .timer("confab.gateway.proxy.requests", "service", service, "outcome", outcome)
        .record(Duration.ofNanos(System.nanoTime() - start));
  }
}
