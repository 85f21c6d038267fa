package dev.confab.auth.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.auth.audit.AuditLog;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestForm;

/**
 * Tokens for services: the client credentials grant (RFC 6749 §4.4), client id and secret by HTTP
 * Basic. Errors are those of §5.2, because OAuth clients expect them, and no problem documents.
 */
@Path("/internal/token")
public class ServiceTokenResource {
  private final ServiceClients clients;
  private final Tokens tokens;
  private final AuditLog audit;

  ServiceTokenResource(ServiceClients clients, Tokens tokens, AuditLog audit) {
    this.clients = clients;
    this.tokens = tokens;
    this.audit = audit;
  }

  /** RFC 6749 §5.1; {@code expiresIn} is in seconds. */
  public record Granted(String accessToken, String tokenType, long expiresIn) {
    /** Redacted. */
    @Override
    public String toString() {
      return "Granted[expiresIn=" + expiresIn + "]";
    }
  }

  /** RFC 6749 §5.2. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Refused(String error, String errorDescription) {}

  private record Credentials(String id, String secret) {
    /** Redacted. */
    @Override
    public String toString() {
      return "Credentials[" + id + "]";
    }
  }

  /** Issues a token of the group {@code service}. */
  @POST
  @NonBlocking
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Response token(
      @RestForm("grant_type") String grantType,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
    if (grantType == null || grantType.isBlank()) {
      return refused(400, "invalid_request", "grant_type is missing");
    }
    if (!grantType.equals("client_credentials")) {
      return refused(400, "unsupported_grant_type", "only client_credentials is supported");
    }
    var caller = basic(authorization).flatMap(this::recognised);
    audit.serviceToken(caller.map(Credentials::id).orElse(null));
    return caller
        .map(known -> granted(tokens.ofService(known.id(), Instant.now())))
        .orElseGet(() -> refused(401, "invalid_client", "unknown client or wrong secret"));
  }

  private Response granted(Tokens.SignedToken token) {
    return uncached(
        Response.ok(new Granted(token.value(), "Bearer", tokens.accessLife().toSeconds())));
  }

  private static Response refused(int status, String error, String description) {
    var response = Response.status(status).entity(new Refused(error, description));
    if (status == 401) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"confab\"");
    }
    return uncached(response);
  }

  private static Response uncached(Response.ResponseBuilder response) {
    return response.header("Cache-Control", "no-store").header("Pragma", "no-cache").build();
  }

  /** Clients should form-encode both parts (RFC 6749 §2.3.1); many do not, so either is taken. */
  private Optional<Credentials> recognised(Credentials sent) {
    return Stream.of(sent, decoded(sent))
        .filter(form -> clients.knows(form.id(), form.secret()))
        .findFirst();
  }

  private static Credentials decoded(Credentials sent) {
    try {
      return new Credentials(
          URLDecoder.decode(sent.id(), StandardCharsets.UTF_8),
          URLDecoder.decode(sent.secret(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return sent;
    }
  }

  private static Optional<Credentials> basic(String header) {
    if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    try {
      var bytes = Base64.getDecoder().decode(header.substring(6).strip());
      var parts = new String(bytes, StandardCharsets.UTF_8).split(":", 2);
      return parts.length == 2
          ? Optional.of(new Credentials(parts[0], parts[1]))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
