package dev.confab.auth.session;

import dev.confab.auth.account.PasswordCheck;
import dev.confab.auth.audit.AuditLog.Reason;
import dev.confab.auth.credential.PasswordRule;
import dev.confab.auth.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/** One's own password. */
@Path("/api/v1/auth/password")
@RunOnVirtualThread
@RolesAllowed("user")
public class PasswordResource {
  private final PasswordCheck passwords;
  private final Sessions sessions;
  private final Caller caller;

  PasswordResource(PasswordCheck passwords, Sessions sessions, Caller caller) {
    this.passwords = passwords;
    this.sessions = sessions;
    this.caller = caller;
  }

  /** Both are needed. */
  public record PasswordChange(String currentPassword, String newPassword) {
    /** Redacted. */
    @Override
    public String toString() {
      return "PasswordChange[]";
    }
  }

  /** Changes it and ends all other sign-ins; API tokens stay until they are ended. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public void change(PasswordChange body) {
    caller.mustHaveSignedIn();
    var change = ProblemException.requireBody(body);
    var current = change.currentPassword();
    if (current == null || current.isEmpty() || current.length() > PasswordRule.MAX_LENGTH) {
      throw ProblemException.invalid("current_password", "This is not your password.");
    }
    var replacement = PasswordRule.check("new_password", change.newPassword());
    passwords.change(caller.userId(), current, replacement);
    sessions.endOthers(caller.userId(), caller.sessionId(), Reason.PASSWORD_CHANGED);
  }
}
