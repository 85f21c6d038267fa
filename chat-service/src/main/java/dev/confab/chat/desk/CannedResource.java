package dev.confab.chat.desk;

import dev.confab.chat.conversation.Page;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.support.Sites;
import dev.confab.contracts.chat.Actor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;

/** Canned replies over REST. */
@Path("/api/v1/support/canned")
@RolesAllowed({"operator", "admin"})
@RunOnVirtualThread
public class CannedResource {
  private static final String PATH = "/api/v1/support/canned/";

  private final AtDesk desk;
  private final Sites sites;
  private final CannedReplies replies;

  CannedResource(AtDesk desk, Sites sites, CannedReplies replies) {
    this.desk = desk;
    this.sites = sites;
    this.replies = replies;
  }

  /** Those that one may use, by shortcut; with {@code site_id} those of that site and of all. */
  @GET
  public Page<CannedReply> list(@QueryParam("site_id") String siteId) {
    Actor actor = desk.actor();
    UUID site = siteId == null ? null : sites.worked(siteId, actor);
    return new Page<>(replies.list(actor, site), null);
  }

  /** One of them. */
  @GET
  @Path("/{id}")
  public CannedReply get(String id) {
    return replies.get(reply(id), desk.actor());
  }

  /** Keeps another one. */
  @POST
  public Response create(CannedReplies.Wanted wanted) {
    CannedReply made = replies.create(desk.actor(), wanted);
    return Response.created(URI.create(PATH + made.id())).entity(made).build();
  }

  /** Replaces one. */
  @PUT
  @Path("/{id}")
  public CannedReply replace(String id, CannedReplies.Wanted wanted) {
    return replies.replace(reply(id), desk.actor(), wanted);
  }

  /** Deletes one. */
  @DELETE
  @Path("/{id}")
  public void delete(String id) {
    replies.delete(reply(id), desk.actor());
  }

  private static UUID reply(String id) {
    return Ids.parse(id).orElseThrow(() -> ProblemException.notFound("canned reply"));
  }
}
