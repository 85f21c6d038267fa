package dev.confab.ai.problem;

import dev.confab.contracts.ErrorCode;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps every failure of the REST interface to a problem document; the one place that does. */
public class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  Response unauthenticated(RuntimeException cause) {
    return Response.fromResponse(
            response(
                Response.Status.UNAUTHORIZED,
                "A valid bearer token is needed",
                ErrorCode.AUTH_REQUIRED))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .build();
  }

  @ServerExceptionMapper
  Response refused(ProblemException cause) {
    Problem problem = cause.problem();
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }

  @ServerExceptionMapper
  Response forbidden(ForbiddenException cause) {
    return response(Response.Status.FORBIDDEN, "Not allowed with this token", ErrorCode.FORBIDDEN);
  }

  @ServerExceptionMapper
  Response refused(WebApplicationException cause) {
    Response.StatusType status = cause.getResponse().getStatusInfo();
    return response(status, status.getReasonPhrase(), code(status.getStatusCode()));
  }

  @ServerExceptionMapper
  Response unexpected(Throwable cause) {
    LOG.error("event=request_failed", cause);
    return response(
        Response.Status.INTERNAL_SERVER_ERROR, "Something went wrong here", ErrorCode.INTERNAL);
  }

  private static ErrorCode code(int status) {
    return switch (status) {
      case 401 -> ErrorCode.AUTH_REQUIRED;
      case 403 -> ErrorCode.FORBIDDEN;
      case 404 -> ErrorCode.NOT_FOUND;
      default -> status < 500 ? ErrorCode.INVALID_VALUE : ErrorCode.INTERNAL;
    };
  }

  private static Response response(Response.StatusType status, String detail, ErrorCode code) {
    Problem problem = Problem.of(status.getStatusCode(), status.getReasonPhrase(), detail, code);
    return Response.status(status).type(Problem.MEDIA_TYPE).entity(problem).build();
  }
}
