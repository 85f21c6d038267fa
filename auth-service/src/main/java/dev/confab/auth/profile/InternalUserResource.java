package dev.confab.auth.profile;

import dev.confab.auth.account.AccountView;
import dev.confab.auth.account.Accounts;
import dev.confab.auth.problem.ProblemException;
import dev.confab.auth.profile.UserResource.UserView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** Who people are, for other services. */
@Path("/internal/users")
@RolesAllowed("service")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class InternalUserResource {
  private static final int MAX_ASKED = 200;

  private final Accounts accounts;

  InternalUserResource(Accounts accounts) {
    this.accounts = accounts;
  }

  /**
   * Who is asked for.
   *
   * @param usernames whole, whatever the case; may be null
   * @param ids may be null
   */
  public record Asked(List<String> usernames, List<UUID> ids) {}

  /** Those of them who there are. */
  public record Found(List<UserView> items) {}

  /** The accounts of these user names and ids; those that do not exist are missing. */
  @POST
  public Found find(Asked body) {
    var asked = ProblemException.requireBody(body);
    var usernames = bounded("usernames", asked.usernames());
    var ids = bounded("ids", asked.ids());
    return new Found(
        accounts.find(usernames, ids).stream().map(InternalUserResource::view).toList());
  }

  private static <T> List<T> bounded(String field, List<T> asked) {
    if (asked == null) {
      return List.of();
    }
    if (asked.size() > MAX_ASKED || asked.contains(null)) {
      throw ProblemException.invalid(field, "At most %d, none of them null.".formatted(MAX_ASKED));
    }
    return asked;
  }

  private static UserView view(AccountView account) {
    return new UserView(account.id(), account.username(), account.name());
  }
}
