package dev.confab.chat.support;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.chat.Conversation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Opening a support conversation from anywhere, for clients that speak v1 afterwards. */
@Path("/api/v1/support/dialogs")
@RunOnVirtualThread
public class DialogResource {
  /**
   * A dialog to be opened.
   *
   * @param name what the visitor calls themselves, or null
   * @param page the address of the page they look at, or null
   * @param title that page's title, or null
   * @param key by which their browser is known again, or null
   */
  public record Asked(
      String siteId, String assistantId, String name, String page, String title, String key) {
    /** Never shows the key. */
    @Override
    public String toString() {
      return "Asked[" + siteId + ',' + assistantId + ']';
    }
  }

  /** The dialog, and the token that opens it and nothing else. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Opened(Conversation conversation, String visitorToken, String greeting) {
    /** Never shows the token. */
    @Override
    public String toString() {
      return "Opened[" + conversation.id() + ']';
    }
  }

  private final DialogCreation creation;

  DialogResource(DialogCreation creation) {
    this.creation = creation;
  }

  /** Opens a dialog at a site or with an assistant; browsers of foreign origins are refused. */
  @POST
  @PermitAll
  public Response open(@HeaderParam("Origin") String origin, Asked asked)
      throws InterruptedException {
    if (asked == null) {
      throw ProblemException.invalid("body", "Send an object.");
    }
    var visitor = new Visitor(asked.name(), asked.page(), asked.title(), asked.key());
    OpenedDialog opened =
        creation.open(new NewDialog(asked.siteId(), asked.assistantId(), origin, visitor));
    return Response.created(URI.create("/api/v1/conversations/" + opened.conversationId()))
        .entity(new Opened(opened.conversation(), opened.visitorToken(), opened.greeting()))
        .build();
  }
}
