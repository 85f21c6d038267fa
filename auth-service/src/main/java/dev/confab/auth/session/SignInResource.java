package dev.confab.auth.session;

import dev.confab.auth.account.AccountRules;
import dev.confab.auth.account.Accounts;
import dev.confab.auth.account.Accounts.NewAccount;
import dev.confab.auth.account.PasswordCheck;
import dev.confab.auth.account.Role;
import dev.confab.auth.audit.AuditLog.Reason;
import dev.confab.auth.credential.PasswordHasher;
import dev.confab.auth.credential.PasswordRule;
import dev.confab.auth.problem.ProblemException;
import dev.confab.auth.session.Sessions.Refresh;
import dev.confab.contracts.ErrorCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The ways in, and the way out. */
@Path("/api/v1/auth")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SignInResource {
  private final Accounts accounts;
  private final PasswordCheck passwords;
  private final PasswordHasher hasher;
  private final Sessions sessions;
  private final Caller caller;

  SignInResource(
      Accounts accounts,
      PasswordCheck passwords,
      PasswordHasher hasher,
      Sessions sessions,
      Caller caller) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.hasher = hasher;
    this.sessions = sessions;
    this.caller = caller;
  }

  /** {@code name} may be absent: it is the username then. */
  public record Registration(String username, String email, String password, String name) {
    /** Redacted. */
    @Override
    public String toString() {
      return "Registration[]";
    }
  }

  /** {@code username} may be an e-mail address. */
  public record Login(String username, String password) {
    /** Redacted. */
    @Override
    public String toString() {
      return "Login[]";
    }
  }

  /** The token got last. */
  public record RefreshRequest(String refreshToken) {
    /** Redacted. */
    @Override
    public String toString() {
      return "RefreshRequest[]";
    }
  }

  /** {@code name} may be absent. */
  public record GuestRequest(String name) {}

  /** Makes an account and signs it in. */
  @POST
  @Path("register")
  public Response register(
      Registration body, @HeaderParam(HttpHeaders.USER_AGENT) String userAgent) {
    var wanted = ProblemException.requireBody(body);
    var username = AccountRules.username(wanted.username());
    var email = AccountRules.email(wanted.email());
    var password = PasswordRule.check("password", wanted.password());
    var name = AccountRules.name(wanted.name() == null ? wanted.username() : wanted.name());
    var account = new NewAccount(username, email, name, hasher.hash(password), List.of(Role.USER));
    var signedIn =
        QuarkusTransaction.requiringNew()
            .call(() -> sessions.open(accounts.register(account), userAgent));
    return answer(201, signedIn);
  }

  /** Signs in by username or e-mail address, and password. */
  @POST
  @Path("login")
  public Response login(Login body, @HeaderParam(HttpHeaders.USER_AGENT) String userAgent) {
    var login = ProblemException.requireBody(body);
    var username = required("username", login.username(), 254);
    var password = required("password", login.password(), PasswordRule.MAX_LENGTH);
    return answer(200, sessions.open(passwords.signIn(username, password), userAgent));
  }

  /** Renews both tokens; a refresh token that was used before ends the session. */
  @POST
  @Path("refresh")
  public Response refresh(RefreshRequest body) {
    var sent = required("refresh_token", ProblemException.requireBody(body).refreshToken(), 512);
    return switch (sessions.refresh(sent)) {
      case Refresh.Renewed renewed -> answer(200, renewed.tokens());
      case Refresh.Refused refused ->
          throw ProblemException.of(ErrorCode.AUTH_REQUIRED, "Sign in again.");
      case Refresh.Reused reused ->
          throw ProblemException.of(
              ErrorCode.AUTH_REQUIRED,
              "This refresh token was used before; its session has ended. Sign in again.");
    };
  }

  /** Lets somebody in without an account of their own. */
  @POST
  @Path("guest")
  public Response guest(GuestRequest body, @HeaderParam(HttpHeaders.USER_AGENT) String userAgent) {
    var name = body == null || body.name() == null ? "Guest" : AccountRules.name(body.name());
    var signedIn =
        QuarkusTransaction.requiringNew()
            .call(() -> sessions.open(accounts.guest(name), userAgent));
    return answer(201, signedIn);
  }

  /** Ends the session of the token it is called with. */
  @POST
  @Path("logout")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed({"user", "guest"})
  public void logout() {
    sessions.end(caller.userId(), caller.kind(), caller.sessionId(), Reason.LOGOUT);
  }

  private static String required(String field, String value, int max) {
    if (value == null || value.isBlank() || value.length() > max) {
      throw ProblemException.invalid(field, "Between 1 and %d characters.".formatted(max));
    }
    return value;
  }

  /** Tokens are not for caches (RFC 6749 §5.1). */
  private static Response answer(int status, SignedIn signedIn) {
    return Response.status(status).entity(signedIn).header("Cache-Control", "no-store").build();
  }
}
