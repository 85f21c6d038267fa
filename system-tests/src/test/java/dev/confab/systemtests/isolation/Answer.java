package dev.confab.systemtests.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.suite.Rest;
import io.restassured.response.Response;

/**
 * What an operation answered.
 *
 * @param code the problem's code, or an empty string
 */
public record Answer(int status, String code, String headers, String body) {
  private static final int CONFLICT = 409;
  private static final int MULTIPLE_CHOICES = 300;

  static Answer of(Response response) {
    String body = response.asString();
    String code = "";
    if (response.statusCode() >= MULTIPLE_CHOICES && body.startsWith("{")) {
      JsonNode problem = Rest.json(response);
      code = problem.path("code").asText("");
    }
    return new Answer(response.statusCode(), code, response.headers().toString(), body);
  }

  /** Whether it was done. */
  public boolean isSuccess() {
    return status < MULTIPLE_CHOICES;
  }

  /** Whether it may be done a little later. */
  boolean isTooEarly() {
    return status == CONFLICT;
  }

  /** Status and body, without the ids that were asked with. */
  public String withoutIds(Ids asked) {
    return status + " " + asked.strippedFrom(body);
  }

  /** Shows nothing of what was said. */
  @Override
  public String toString() {
    return status + (code.isEmpty() ? "" : " " + code);
  }
}
