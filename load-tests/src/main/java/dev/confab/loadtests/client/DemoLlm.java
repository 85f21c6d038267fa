package dev.confab.loadtests.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The suite's demo LLM, told how to answer for as long as this is open. */
public final class DemoLlm implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI orders;

  /**
   * @param url base URL, with or without {@code /v1}
   */
  public DemoLlm(String url) {
    this.orders = URI.create(url.replaceAll("/v1/?$", "") + "/admin/trouble");
  }

  /**
   * Has every token stamped with the time of its leaving.
   *
   * @param tokens length of an answer
   * @param rate tokens per second
   */
  public void stamp(int tokens, double rate) {
    String order = "{\"stamp\":true,\"tokens\":" + tokens + ",\"rate\":" + rate + "}";
    send(
        HttpRequest.newBuilder(orders)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(order)));
  }

  private void send(HttpRequest.Builder request) {
    try {
      HttpResponse<Void> response =
          http.send(request.build(), HttpResponse.BodyHandlers.discarding());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException("the demo LLM refused: " + response.statusCode());
      }
    } catch (IOException e) {
      throw new IllegalStateException("the demo LLM does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    send(HttpRequest.newBuilder(orders).DELETE());
  }
}
