package dev.confab.localstack.demollm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.Map;

/** What the demo LLM's server answers to: the OpenAI protocol, and the admin paths for tests. */
final class Routes {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();
  private final Vertx vertx;
  private final Ledger ledger;
  private final TroubleSwitch troubles;
  private final ModelList models = new ModelList();
  private final double usualRate;

  Routes(Vertx vertx, Ledger ledger, TroubleSwitch troubles, double usualRate) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.troubles = troubles;
    this.usualRate = usualRate;
  }

  void handle(HttpServerRequest request) {
    switch (request.method().name() + " " + request.path()) {
      case "GET /v1/models" -> listModels(request);
      case "POST /v1/chat/completions" -> request.bodyHandler(body -> complete(request, body));
      case "POST /admin/trouble" -> request.bodyHandler(body -> order(request, body));
      case "DELETE /admin/trouble" -> {
        troubles.order(Trouble.NONE, 0);
        answer(request, 200, Map.of());
      }
      case "POST /admin/models" -> request.bodyHandler(body -> changeModels(request, body));
      case "DELETE /admin/models" -> {
        models.reset();
        answer(request, 200, models.view());
      }
      case "GET /admin/stats" -> answer(request, 200, ledger.stats());
      case "GET /admin/requests" -> answer(request, 200, Map.of("requests", ledger.requests()));
      case "GET /health" -> answer(request, 200, Map.of("status", "UP"));
      default -> error(request.response(), 404, "There is nothing at " + request.path());
    }
  }

  private void complete(HttpServerRequest http, Buffer body) {
    Plan plan;
    try {
      CompletionRequest request = CompletionRequest.of(parse(body));
      plan = Plan.of(request, troubleOf(http, request), usualRate);
    } catch (IllegalArgumentException e) {
      error(http.response(), 400, e.getMessage());
      return;
    }
    Ledger.Running running = ledger.begin(plan.request(), plan.promptTokens());
    HttpServerResponse response = http.response();
    StreamedAnswer streamed = new StreamedAnswer(vertx, response, plan, running);
    // The socket is read all the time, so a hang-up is seen while no token is due, too.
    response.closeHandler(closed -> running.hungUp(streamed.said()));
    response.exceptionHandler(broken -> running.hungUp(streamed.said()));
    long delay = plan.trouble().delay() == null ? 0 : plan.trouble().delay();
    if (delay <= 0) {
      begin(response, plan, running, streamed);
    } else {
      vertx.setTimer(delay, timer -> begin(response, plan, running, streamed));
    }
  }

  private void begin(
      HttpServerResponse response, Plan plan, Ledger.Running running, StreamedAnswer streamed) {
    if (response.closed()) {
      return;
    }
    if (plan.trouble().status() != null) {
      running.troubled(0);
      error(response, plan.trouble().status(), "Trouble as ordered");
    } else if (plan.request().streamed()) {
      streamed.begin();
    } else {
      afterThinking(plan, () -> whole(response, plan, running));
    }
  }

  /** An answer that is not streamed comes when its last token would have. */
  private void afterThinking(Plan plan, Runnable then) {
    long millis = plan.tokens().size() * plan.intervalNanos() / 1_000_000;
    vertx.setTimer(Math.max(1, millis), timer -> then.run());
  }

  private void whole(HttpServerResponse response, Plan plan, Ledger.Running running) {
    if (response.closed() || plan.trouble().stall() != null) {
      return;
    }
    if (plan.trouble().cut() != null) {
      running.troubled(0);
      response.reset();
      return;
    }
    int tokens = plan.tokens().size();
    running.completed(tokens);
    String text = String.join("", plan.tokens());
    String model = plan.request().model();
    String json =
        Chunks.whole(
            running.id(), model, text, plan.toolWish(), plan.finishReason(), plan.usage(tokens));
    boolean broken = plan.trouble().malformed() != null;
    send(response, 200, broken ? json.substring(0, json.length() / 2) : json);
  }

  private Trouble troubleOf(HttpServerRequest http, CompletionRequest request) {
    String header = http.getHeader("X-Demo-Trouble");
    Trouble ofHeader = header == null ? Trouble.NONE : Trouble.parse(header);
    return Trouble.ofModel(request.model()).over(ofHeader).over(troubles.next());
  }

  private void order(HttpServerRequest http, Buffer body) {
    try {
      ObjectNode order = (ObjectNode) parse(body);
      int times = order.path("times").asInt(0);
      order.remove("times");
      troubles.order(JSON.treeToValue(order, Trouble.class), times);
      answer(http, 200, order);
    } catch (JsonProcessingException | IllegalArgumentException | ClassCastException e) {
      error(http.response(), 400, "Not an order of trouble: " + e.getMessage());
    }
  }

  /** A provider in trouble lists nothing either; the order is not used up by it. */
  private void listModels(HttpServerRequest http) {
    Integer status = troubles.present().status();
    if (status != null) {
      error(http.response(), status, "Trouble as ordered");
    } else {
      answer(http, 200, models.view());
    }
  }

  private void changeModels(HttpServerRequest http, Buffer body) {
    try {
      models.change(JSON.treeToValue(parse(body), ModelList.Change.class));
      answer(http, 200, models.view());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      error(http.response(), 400, "Not a change of the models: " + e.getMessage());
    }
  }

  private static JsonNode parse(Buffer body) {
    try {
      return JSON.readTree(body.getBytes());
    } catch (IOException e) {
      throw new IllegalArgumentException("The body is not JSON", e);
    }
  }

  private static void answer(HttpServerRequest request, int status, Object value) {
    try {
      send(request.response(), status, JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      error(request.response(), 500, "Cannot write the answer");
    }
  }

  private static void error(HttpServerResponse response, int status, String message) {
    Map<String, Object> error = Map.of("message", message, "type", "demo_error", "code", status);
    send(response, status, Chunks.json(Map.of("error", error)));
  }

  private static void send(HttpServerResponse response, int status, String json) {
    response.setStatusCode(status).putHeader("Content-Type", "application/json").end(json);
  }
}
