package dev.confab.ai.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.contracts.ErrorCode;
import jakarta.ws.rs.core.Response;

/**
 * A problem document (RFC 9457) with the protocol's error code.
 *
 * @param field at fault, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type, String title, int status, String detail, ErrorCode code, String field) {
  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(int status, String title, String detail, ErrorCode code) {
    return new Problem("about:blank", title, status, detail, code, null);
  }

  static Problem of(ErrorCode code, String detail, String field) {
    Response.Status status = Response.Status.fromStatusCode(code.httpStatus());
    return new Problem(
        "about:blank", status.getReasonPhrase(), code.httpStatus(), detail, code, field);
  }
}
