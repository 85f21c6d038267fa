package dev.confab.chat.model;

import dev.confab.chat.conversation.Caller;
import dev.confab.chat.conversation.Page;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.util.Set;

/** The models over REST. */
@Path("/api/v1/models")
@RunOnVirtualThread
public class ModelResource {
  private final Caller caller;
  private final Models models;

  ModelResource(Caller caller, Models models) {
    this.caller = caller;
    this.models = models;
  }

  /** The models that answer; {@code all} adds the retired ones, for operators and admins. */
  @GET
  @RolesAllowed({"user", "guest", "operator", "admin"})
  public Page<ModelItem> list(@QueryParam("all") boolean all) {
    Set<String> roles = caller.actor().roles();
    if (all && !roles.contains("operator") && !roles.contains("admin")) {
      throw new ProblemException(ErrorCode.FORBIDDEN, "Your role does not allow this.", "all");
    }
    Catalog catalog = models.fresh();
    return new Page<>(all ? ModelItem.all(catalog) : ModelItem.active(catalog), null);
  }

  /** Has every provider asked for its models now, and tells what that changed. */
  @POST
  @Path("/sync")
  @RolesAllowed({"operator", "admin"})
  public Synchronised synchronise() throws InterruptedException {
    try {
      return models.synchronise();
    } catch (IOException e) {
      throw new ProblemException(ErrorCode.AI_UNAVAILABLE, "The AI service does not answer.");
    }
  }
}
