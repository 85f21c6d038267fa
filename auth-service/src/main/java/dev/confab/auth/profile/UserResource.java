package dev.confab.auth.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.auth.account.AccountView;
import dev.confab.auth.account.Accounts;
import dev.confab.auth.problem.ProblemException;
import dev.confab.auth.session.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;

/** Finding other people, to invite them. Guests are not found and cannot look. */
@Path("/api/v1/users")
@RunOnVirtualThread
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class UserResource {
  private static final int QUERY_MAX = 64;
  private static final int LIMIT_MAX = 50;

  private final Accounts accounts;
  private final Caller caller;

  UserResource(Accounts accounts, Caller caller) {
    this.accounts = accounts;
    this.caller = caller;
  }

  /** A person, as far as it is anybody's business. */
  public record UserView(UUID id, String username, String name) {}

  /** One page; {@code nextCursor} is absent on the last. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record UserList(List<UserView> items, String nextCursor) {}

  /** People whose username or name begins with {@code q}, whatever the case. */
  @GET
  public UserList search(
      @RestQuery String q, @RestQuery @DefaultValue("20") String limit, @RestQuery String cursor) {
    caller.userId();
    if (q == null || q.isBlank() || q.length() > QUERY_MAX) {
      throw ProblemException.invalid("q", "Between 1 and %d characters.".formatted(QUERY_MAX));
    }
    int size = size(limit);
    var found = accounts.search(q, after(cursor), size + 1);
    var page = found.subList(0, Math.min(size, found.size()));
    return new UserList(
        page.stream().map(UserResource::view).toList(),
        found.size() > size ? cursor(page.getLast()) : null);
  }

  private static UserView view(AccountView account) {
    return new UserView(account.id(), account.username(), account.name());
  }

  private static int size(String limit) {
    try {
      int size = Integer.parseInt(limit);
      if (size >= 1 && size <= LIMIT_MAX) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw ProblemException.invalid("limit", "A number from 1 to %d.".formatted(LIMIT_MAX));
  }

  private static String cursor(AccountView last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.username().getBytes(StandardCharsets.UTF_8));
  }

  private static String after(String cursor) {
    try {
      return cursor == null
          ? ""
          : new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("cursor", "A cursor comes from the page before.");
    }
  }
}
