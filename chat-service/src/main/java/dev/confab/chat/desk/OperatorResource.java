package dev.confab.chat.desk;

import dev.confab.chat.conversation.Page;
import dev.confab.chat.desk.OperatorQueries.OperatorItem;
import dev.confab.chat.support.Sites;
import dev.confab.contracts.chat.Actor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Operators over REST. */
@Path("/api/v1/support/operators")
@RolesAllowed({"operator", "admin"})
@RunOnVirtualThread
public class OperatorResource {
  private final AtDesk desk;
  private final Sites sites;
  private final OperatorQueries operators;

  OperatorResource(AtDesk desk, Sites sites, OperatorQueries operators) {
    this.desk = desk;
    this.sites = sites;
    this.operators = operators;
  }

  /** Who works at the desk, of a site or of all, whether they are there and how much they do. */
  @GET
  public Page<OperatorItem> list(@QueryParam("site_id") String siteId) {
    Actor actor = desk.actor();
    return new Page<>(operators.list(siteId == null ? null : sites.worked(siteId, actor)), null);
  }
}
