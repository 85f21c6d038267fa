package dev.confab.auth.session;

import dev.confab.auth.account.AccountView;
import dev.confab.auth.account.Accounts;
import dev.confab.auth.problem.ProblemException;
import dev.confab.auth.session.Session.Kind;
import dev.confab.contracts.ErrorCode;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who calls. Here, unlike in other services, the session is looked up with each call: a token of an
 * ended session is refused at once.
 */
@RequestScoped
public class Caller {
  private final JsonWebToken token;
  private final Sessions sessions;
  private final Accounts accounts;
  private Kind kind;

  Caller(JsonWebToken token, Sessions sessions, Accounts accounts) {
    this.token = token;
    this.sessions = sessions;
    this.accounts = accounts;
  }

  /**
   * The caller's account id.
   *
   * @throws ProblemException {@code AUTH_REQUIRED} if the session has ended
   */
  public UUID userId() {
    checkSession();
    return UUID.fromString(token.getSubject());
  }

  /**
   * The caller's session id.
   *
   * @throws ProblemException {@code AUTH_REQUIRED} if the session has ended
   */
  public UUID sessionId() {
    checkSession();
    return UUID.fromString(token.getClaim("sid"));
  }

  /**
   * The caller's account.
   *
   * @throws ProblemException {@code AUTH_REQUIRED} if the session has ended
   */
  public AccountView account() {
    return accounts.byId(userId()).orElseThrow(Caller::ended);
  }

  /**
   * Refuses API tokens: who holds one shall not make others, nor change the password.
   *
   * @throws ProblemException {@code FORBIDDEN}
   */
  void mustHaveSignedIn() {
    checkSession();
    if (kind != Kind.SIGN_IN) {
      throw ProblemException.of(ErrorCode.FORBIDDEN, "An API token does not allow this; sign in.");
    }
  }

  Kind kind() {
    checkSession();
    return kind;
  }

  private void checkSession() {
    if (kind == null) {
      var sid = UUID.fromString(token.getClaim("sid"));
      kind = sessions.kindOfLive(sid).orElseThrow(Caller::ended);
    }
  }

  private static ProblemException ended() {
    return ProblemException.of(ErrorCode.AUTH_REQUIRED, "This session has ended.");
  }
}
