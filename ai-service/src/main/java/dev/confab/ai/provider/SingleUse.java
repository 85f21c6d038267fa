package dev.confab.ai.provider;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/** Hands langchain4j the one exchange that a call will use, so that the call can end it. */
record SingleUse(HttpExchange exchange, Duration connectTimeout, Duration readTimeout)
    implements HttpClientBuilder {

  SingleUse(HttpExchange exchange) {
    this(exchange, null, null);
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    return this;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    return this;
  }

  @Override
  public HttpClient build() {
    return exchange;
  }
}
