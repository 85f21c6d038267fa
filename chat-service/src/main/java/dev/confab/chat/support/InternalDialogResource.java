package dev.confab.chat.support;

import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** What gateways do in the name of visitors whose browsers hold no token. */
@Path("/internal/support/dialogs")
@RolesAllowed("service")
@RunOnVirtualThread
public class InternalDialogResource {
  private final DialogCreation creation;
  private final Visitors visitors;

  InternalDialogResource(DialogCreation creation, Visitors visitors) {
    this.creation = creation;
    this.visitors = visitors;
  }

  /** Opens a dialog. */
  @POST
  public Response open(NewDialog asked) throws InterruptedException {
    if (asked == null) {
      throw ProblemException.invalid("body", "Send an object.");
    }
    return Response.status(Response.Status.CREATED).entity(creation.open(asked)).build();
  }

  /** Who visits in a dialog, and whether they may from an origin. */
  @GET
  @Path("/{id}")
  public VisitorAccess get(String id, @QueryParam("origin") String origin) {
    return visitors.find(dialog(id), origin).orElseThrow(() -> ProblemException.notFound("dialog"));
  }

  /** Keeps which page the visitor looks at. */
  @PUT
  @Path("/{id}/page")
  public void page(String id, VisitedPage page) {
    visitors.lookAt(dialog(id), page == null ? new VisitedPage(null, null) : page);
  }

  private static UUID dialog(String id) {
    return Ids.parse(id).orElseThrow(() -> ProblemException.notFound("dialog"));
  }
}
