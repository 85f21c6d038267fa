package dev.confab.gateway.rest;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.security.Identity;
import dev.confab.gateway.security.TokenVerdict;
import dev.confab.gateway.security.TokenVerifier;
import dev.confab.gateway.security.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Lets requests through whose token is good; visitors' tokens are for other paths. */
@ApplicationScoped
public class SignedIn {
  private static final int UNAVAILABLE = 503;

  /** What a request does for whoever signed in. */
  public interface Then {
    /**
     * Goes on.
     *
     * @param token the user's own, to go on with
     */
    Future<Outcome> run(Identity identity, String token);
  }

  private final TokenVerifier tokens;

  SignedIn(TokenVerifier tokens) {
    this.tokens = tokens;
  }

  /** Goes on in the name of the one whose token the request carries, or refuses it. */
  public Future<Outcome> as(HttpServerRequest request, Then then) {
    Optional<String> token = Tokens.ofDialectHeader(request.getHeader("Authorization"));
    if (token.isEmpty()) {
      return refusal(ErrorCode.AUTH_REQUIRED, "sign in: Authorization: Token or Bearer");
    }
    return Future.fromCompletionStage(tokens.verify(token.get()), Vertx.currentContext())
        .compose(verdict -> judged(verdict, token.get(), then));
  }

  private static Future<Outcome> judged(TokenVerdict verdict, String token, Then then) {
    return switch (verdict) {
      case TokenVerdict.Valid(Identity identity) ->
          identity.isVisitor()
              ? refusal(ErrorCode.FORBIDDEN, "this is not for visitors")
              : then.run(identity, token);
      case TokenVerdict.Expired expired -> refusal(ErrorCode.TOKEN_EXPIRED, "the token expired");
      case TokenVerdict.Unverifiable unverifiable ->
          Future.succeededFuture(
              Outcome.problem(UNAVAILABLE, ErrorCode.INTERNAL, "the token cannot be verified now"));
      case TokenVerdict.Invalid invalid ->
          refusal(ErrorCode.AUTH_REQUIRED, "the token is not valid");
      case TokenVerdict.Revoked revoked ->
          refusal(ErrorCode.AUTH_REQUIRED, "the session was ended; sign in again");
    };
  }

  private static Future<Outcome> refusal(ErrorCode code, String detail) {
    return Future.succeededFuture(Outcome.problem(code, detail));
  }
}
