package dev.confab.ai.model;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Models and providers, for the other services. */
@Path("internal/models")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("service")
public class ModelsResource {
  private final Models models;

  ModelsResource(Models models) {
    this.models = models;
  }

  /** As last heard of. */
  @GET
  public ModelsView view() {
    return models.view();
  }

  /** Asks every provider now. */
  @POST
  @Path("sync")
  @RunOnVirtualThread
  public ModelsView sync() {
    models.sync();
    return models.view();
  }
}
