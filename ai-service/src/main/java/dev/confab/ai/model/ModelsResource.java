package dev.confab.ai.model;

import io.quarkus.security.Authenticated;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The models, for users and for the other services. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {
  /** A list, in an object so that it can grow. */
  public record ModelList(List<ModelView> models) {}

  private final Models models;

  ModelsResource(Models models) {
    this.models = models;
  }

  /** For everybody who is signed in. */
  @GET
  @Path("api/v1/models")
  @Authenticated
  public ModelList forUsers() {
    return new ModelList(models.all());
  }

  /** For services. */
  @GET
  @Path("internal/models")
  @RolesAllowed("service")
  public ModelList forServices() {
    return new ModelList(models.all());
  }
}
