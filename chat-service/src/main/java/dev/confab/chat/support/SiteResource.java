package dev.confab.chat.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.conversation.Caller;
import dev.confab.chat.conversation.Page;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/** Sites over REST: operators see those they work, administrators write. */
@Path("/api/v1/support/sites")
@RolesAllowed("admin")
@RunOnVirtualThread
public class SiteResource {
  private static final String PATH = "/api/v1/support/sites/";

  /** Who shall work a site; nobody means every operator. */
  public record OperatorsAsked(List<String> userIds) {}

  private final Caller caller;
  private final Sites sites;

  SiteResource(Caller caller, Sites sites) {
    this.caller = caller;
    this.sites = sites;
  }

  /** The sites that one works, oldest first. */
  @GET
  @RolesAllowed({"operator", "admin"})
  public Page<SiteView> list() {
    return new Page<>(sites.list(caller.actor()), null);
  }

  /** One of them. */
  @GET
  @Path("/{id}")
  @RolesAllowed({"operator", "admin"})
  public SiteView get(String id) {
    UUID site = site(id);
    return sites.list(caller.actor()).stream()
        .filter(seen -> seen.id().equals(site))
        .findFirst()
        .orElseThrow(Sites::noSuchSite);
  }

  /** Makes a site. */
  @POST
  public Response create(JsonNode wanted) {
    SiteView made = sites.create(caller.actor(), object(wanted));
    return Response.created(URI.create(PATH + made.id())).entity(made).build();
  }

  /** Changes a site: a merge patch. */
  @PATCH
  @Path("/{id}")
  public SiteView patch(String id, JsonNode patch) {
    return sites.patch(site(id), caller.actor(), object(patch));
  }

  /** Takes a site away; its dialogs go on. */
  @DELETE
  @Path("/{id}")
  public void delete(String id) {
    sites.retire(site(id));
  }

  /** Says who works a site. */
  @PUT
  @Path("/{id}/operators")
  public SiteView operators(String id, OperatorsAsked asked) {
    return sites.putOperators(site(id), asked == null ? null : asked.userIds());
  }

  private static JsonNode object(JsonNode body) {
    if (body == null || !body.isObject()) {
      throw ProblemException.invalid("body", "Send an object.");
    }
    return body;
  }

  private static UUID site(String id) {
    return Ids.parse(id).orElseThrow(Sites::noSuchSite);
  }
}
