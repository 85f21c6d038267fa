package dev.confab.gateway.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * A problem document (RFC 9457).
 *
 * @param type always {@code about:blank}: the code says it all
 * @param title the code in words
 * @param status of the answer it stands in
 * @param detail for people: what is wrong and what would be right
 * @param code the protocol's error code
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, ErrorCode code) {
  /** Its media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem with the usual status of its code. */
  public static Problem of(ErrorCode code, String detail) {
    return of(code.httpStatus(), code, detail);
  }

  /** A problem with a status of its own. */
  public static Problem of(int status, ErrorCode code, String detail) {
    String words = code.name().replace('_', ' ').toLowerCase(java.util.Locale.ROOT);
    String title = Character.toUpperCase(words.charAt(0)) + words.substring(1);
    return new Problem("about:blank", title, status, detail, code);
  }

  /** The document's bytes. */
  public Buffer json() {
    return Json.write(this);
  }

  /** Ends a response with this problem, unless it was ended already. */
  public void end(HttpServerResponse response) {
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    response.setStatusCode(status).putHeader("Content-Type", MEDIA_TYPE).end(json());
  }
}
