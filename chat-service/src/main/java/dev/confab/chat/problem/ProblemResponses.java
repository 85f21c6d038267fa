package dev.confab.chat.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.confab.chat.ledger.StorageException;
import dev.confab.contracts.ErrorCode;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** The one place where failures become problem documents. */
final class ProblemResponses {
  private static final Logger LOG = Logger.getLogger(ProblemResponses.class);
  private static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");

  @ServerExceptionMapper
  Response refused(ProblemException refusal) {
    ErrorCode code = refusal.code();
    return document(code, code.httpStatus(), refusal.getMessage(), refusal.field()).build();
  }

  @ServerExceptionMapper
  Response notSignedIn(UnauthorizedException missing) {
    return unauthorized(ErrorCode.AUTH_REQUIRED, "A bearer token is needed here.");
  }

  @ServerExceptionMapper
  Response badToken(AuthenticationFailedException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidJwtException invalid
          && invalid.hasErrorCode(ErrorCodes.EXPIRED)) {
        return unauthorized(ErrorCode.TOKEN_EXPIRED, "The token has expired.");
      }
    }
    return unauthorized(ErrorCode.AUTH_REQUIRED, "The token is not valid.");
  }

  @ServerExceptionMapper
  Response notAllowed(ForbiddenException forbidden) {
    return document(ErrorCode.FORBIDDEN, 403, "Your role does not allow this.", null).build();
  }

  @ServerExceptionMapper
  Response storageAway(StorageException failure) {
    LOG.warnf("event=request_failed error=%s", failure.getMessage());
    int status = failure.isTransient() ? 503 : 500;
    return document(ErrorCode.INTERNAL, status, "The database did not answer.", null).build();
  }

  @ServerExceptionMapper
  Response unreadable(JsonProcessingException unreadable) {
    return malformed(unreadable);
  }

  @ServerExceptionMapper
  Response mistyped(MismatchedInputException mistyped) {
    return malformed(mistyped);
  }

  @ServerExceptionMapper
  Response byTheFramework(WebApplicationException failure) {
    if (failure.getCause() instanceof JsonProcessingException json) {
      return malformed(json);
    }
    int status = failure.getResponse().getStatus();
    var response = document(codeOf(status), status, detailOf(status), null);
    // 405 names what is allowed.
    String allow = failure.getResponse().getHeaderString(HttpHeaders.ALLOW);
    return allow == null ? response.build() : response.header(HttpHeaders.ALLOW, allow).build();
  }

  @ServerExceptionMapper
  Response unexpected(Throwable failure) {
    LOG.errorf(failure, "event=request_failed error=%s", failure.getClass().getSimpleName());
    return document(ErrorCode.INTERNAL, 500, "Something went wrong on our side.", null).build();
  }

  private static Response unauthorized(ErrorCode code, String detail) {
    return document(code, 401, detail, null).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build();
  }

  /** Names the field where it is known, and never quotes the value. */
  private static Response malformed(JsonProcessingException failure) {
    if (failure instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String field =
          mapping.getPath().stream()
              .map(Reference::getFieldName)
              .map(name -> name == null ? "[]" : name)
              .collect(Collectors.joining("."));
      return document(ErrorCode.INVALID_VALUE, 400, "This has the wrong type.", field).build();
    }
    return document(ErrorCode.INVALID_FRAME, 400, "The body is not valid JSON.", null).build();
  }

  private static ErrorCode codeOf(int status) {
    return switch (status) {
      case 401 -> ErrorCode.AUTH_REQUIRED;
      case 403 -> ErrorCode.FORBIDDEN;
      case 404 -> ErrorCode.NOT_FOUND;
      case 413 -> ErrorCode.MESSAGE_TOO_LONG;
      case 429 -> ErrorCode.RATE_LIMITED;
      default -> status < 500 ? ErrorCode.INVALID_VALUE : ErrorCode.INTERNAL;
    };
  }

  private static String detailOf(int status) {
    return switch (status) {
      case 404 -> "There is nothing at this path.";
      case 405 -> "This path does not know that method.";
      case 413 -> "The body is too big.";
      case 415 -> "Send application/json.";
      default -> "The request could not be served.";
    };
  }

  private static Response.ResponseBuilder document(
      ErrorCode code, int status, String detail, String field) {
    Response.Status known = Response.Status.fromStatusCode(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    return Response.status(status)
        .type(PROBLEM_JSON)
        .entity(new Problem("about:blank", title, status, detail, code, field));
  }
}
