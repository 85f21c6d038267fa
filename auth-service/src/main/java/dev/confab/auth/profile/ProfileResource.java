package dev.confab.auth.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.auth.account.AccountRules;
import dev.confab.auth.account.AccountView;
import dev.confab.auth.account.Accounts;
import dev.confab.auth.account.Accounts.Changes;
import dev.confab.auth.problem.ProblemException;
import dev.confab.auth.session.Caller;
import dev.confab.contracts.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.function.UnaryOperator;

/** One's own account. */
@Path("/api/v1/auth/me")
@RunOnVirtualThread
@RolesAllowed({"user", "guest"})
@Produces(MediaType.APPLICATION_JSON)
public class ProfileResource {
  private final Accounts accounts;
  private final Caller caller;

  ProfileResource(Accounts accounts, Caller caller) {
    this.accounts = accounts;
    this.caller = caller;
  }

  /** The account of the token. */
  @GET
  public AccountView me() {
    return caller.account();
  }

  /**
   * Changes {@code name}, {@code default_model} (null for the installation's own) and {@code
   * presence}, those that are there. Tokens tell the new name from their next renewal on.
   */
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  public AccountView change(JsonNode body) {
    if (!(ProblemException.requireBody(body) instanceof ObjectNode object)) {
      throw ProblemException.of(ErrorCode.INVALID_FRAME, "The body is a JSON object.");
    }
    var changes =
        new Changes(
            change(object, "name", AccountRules::name),
            change(object, "default_model", ProfileResource::modelOrEmpty),
            change(object, "presence", AccountRules::presence));
    return accounts
        .change(caller.userId(), changes)
        .orElseThrow(() -> ProblemException.of(ErrorCode.NOT_FOUND, "There is no such account."));
  }

  /** What to change the field to, or null where the body does not speak of it. */
  private static String change(ObjectNode body, String field, UnaryOperator<String> rule) {
    var value = body.get(field);
    if (value == null) {
      return null;
    }
    if (!value.isTextual() && !value.isNull()) {
      throw ProblemException.invalid(field, "This is a string.");
    }
    return rule.apply(value.textValue());
  }

  private static String modelOrEmpty(String value) {
    var model = AccountRules.defaultModel(value);
    return model == null ? "" : model;
  }
}
