package dev.confab.systemtests.isolation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.suite.Rest;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Calls operations as somebody.
 *
 * @param person whose token is sent, or null for none
 */
public record Caller(Rest rest, Person person) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** Calls an operation with these ids in its slots, and these values of its query. */
  public Answer call(Operation operation, Ids ids, Map<String, String> query) {
    RequestSpecification request = person == null ? rest.anonymous() : rest.as(person);
    String path = operation.path();
    ObjectNode body = operation.body() == null ? null : operation.body().deepCopy();
    request.queryParams(query);
    for (Slot slot : operation.slots()) {
      String id = ids.of(slot.kind());
      switch (slot.place()) {
        case PATH -> path = path.replace('{' + slot.name() + '}', id);
        case QUERY -> {
          if (id != null) {
            request.queryParam(slot.name(), id);
          }
        }
        case HEADER -> {
          if (id != null) {
            request.header(slot.name(), id);
          }
        }
        case BODY -> put(body, slot, id);
      }
    }
    if (body != null) {
      request.body(filled(body.toString()));
    }
    return Answer.of(request.request(operation.method(), path));
  }

  static void put(ObjectNode body, Slot slot, String id) {
    if (id == null) {
      body.remove(slot.name());
    } else if (body.path(slot.name()).isArray()) {
      body.putArray(slot.name()).add(id);
    } else {
      body.put(slot.name(), id);
    }
  }

  /** The same; what is refused because something still runs is tried again for a while. */
  public Answer callPatiently(Operation operation, Ids ids, Map<String, String> query) {
    Answer[] last = new Answer[1];
    try {
      Awaitility.await(operation.name())
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(LOOK_EVERY)
          .until(
              () -> {
                last[0] = call(operation, ids, query);
                return !last[0].isTooEarly();
              });
    } catch (ConditionTimeoutException stillRefused) {
      return last[0];
    }
    return last[0];
  }

  /**
   * What lists, searches and counts answer where nothing is named. How the suite fares and which
   * models it has is left out: that is nobody's own.
   */
  public Map<String, String> seen(List<Operation> operations, List<String> words) {
    Map<String, String> seen = new LinkedHashMap<>();
    for (Operation operation : operations) {
      if (operation.isReading() && !operation.takesIdInPath() && isOnesOwn(operation)) {
        for (Map<String, String> query : operation.queries(words)) {
          Answer answer = call(operation, Ids.NONE, query);
          seen.put(operation + " " + query, answer + " " + answer.body());
        }
      }
    }
    return seen;
  }

  private boolean isOnesOwn(Operation operation) {
    return !operation.path().matches(".*/models/?")
        && !new Caller(rest, null).call(operation, Ids.NONE, Map.of()).isSuccess();
  }

  private String filled(String body) {
    if (person == null) {
      return body;
    }
    return body.replace("${name}", person.name())
        .replace("${password}", person.password())
        .replace("${refresh_token}", person.refreshToken());
  }
}
