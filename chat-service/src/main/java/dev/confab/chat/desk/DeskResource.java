package dev.confab.chat.desk;

import dev.confab.chat.conversation.Page;
import dev.confab.chat.desk.DialogQueries.Wanted;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.support.Sites;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.Conversation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/**
 * The queue of dialogs and what operators do beside answering; whose site it is not, finds none.
 */
@Path("/api/v1/support/dialogs")
@RolesAllowed({"operator", "admin"})
@RunOnVirtualThread
public class DeskResource {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int TRIED_AT_ONCE = 20;
  private static final int MAX_TAG_CHARS = 40;
  private static final String CLOSED = "closed";
  private static final List<String> STATES =
      List.of("assistant", "waiting", "operator", "none", CLOSED, "open");

  /** What a dialog shall be called. */
  public record Tags(List<String> tags) {}

  /** What an operator might answer. */
  public record Suggestion(String text) {}

  /** What the operators of a dialog talk in. */
  public record Backstage(Conversation conversation) {}

  /** Where the next dialog shall come from; null for any site. */
  public record NextAsked(String siteId) {}

  private final AtDesk desk;
  private final Sites sites;
  private final DialogQueries queries;
  private final DialogNotes notes;
  private final Backstages backstages;
  private final Suggestions suggestions;
  private final Claims claims;

  DeskResource(
      AtDesk desk,
      Sites sites,
      DialogQueries queries,
      DialogNotes notes,
      Backstages backstages,
      Suggestions suggestions,
      Claims claims) {
    this.desk = desk;
    this.sites = sites;
    this.queries = queries;
    this.notes = notes;
    this.backstages = backstages;
    this.suggestions = suggestions;
    this.claims = claims;
  }

  /**
   * Dialogs of the sites that one works: with {@code state=waiting} the longest waiting first, else
   * the newest first.
   */
  @GET
  public Page<DialogItem> list(
      @QueryParam("state") String state,
      @QueryParam("mine") boolean mine,
      @QueryParam("site_id") String siteId,
      @QueryParam("tag") String tag,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    Actor actor = desk.actor();
    if (tag != null && (tag.length() > MAX_TAG_CHARS || tag.indexOf('\0') >= 0)) {
      throw ProblemException.invalid("tag", "At most " + MAX_TAG_CHARS + " characters.");
    }
    var wanted = new Wanted(state(state), mine ? actor.userId() : null, site(siteId, actor), tag);
    int size = limit == null ? DEFAULT_LIMIT : Math.clamp(limit, 1, MAX_LIMIT);
    return queries.list(actor, wanted, cursor, size);
  }

  private static String state(String asked) {
    if (asked != null && !STATES.contains(asked)) {
      throw ProblemException.invalid("state", "One of " + String.join(", ", STATES) + ".");
    }
    return CLOSED.equals(asked) ? "none" : asked;
  }

  private UUID site(String asked, Actor actor) {
    return asked == null ? null : sites.worked(asked, actor);
  }

  /** One dialog. */
  @GET
  @Path("/{id}")
  public DialogItem get(String id) {
    return find(id, desk.actor());
  }

  /** Takes the dialog that waits longest; 204 if none does. */
  @POST
  @Path("/next")
  public Response next(NextAsked asked) {
    Actor actor = desk.actor();
    UUID site = site(asked == null ? null : asked.siteId(), actor);
    var wanted = new Wanted("waiting", null, site, null);
    for (DialogItem each : queries.list(actor, wanted, null, TRIED_AT_ONCE).items()) {
      UUID dialog = UUID.fromString(each.conversation().id());
      // Others ask for the next one at the same moment: whoever loses takes the one after.
      if (claims.claim(dialog, actor, null)) {
        return Response.ok(find(each.conversation().id(), actor)).build();
      }
    }
    return Response.noContent().build();
  }

  /** Says what a dialog is called. */
  @PUT
  @Path("/{id}/tags")
  public Tags tag(String id, Tags asked) {
    return new Tags(notes.tag(worked(id), asked == null ? null : asked.tags()));
  }

  /** The conversation that operators have about a dialog; joined and sent to like any other. */
  @GET
  @Path("/{id}/backstage")
  public Backstage backstage(String id) {
    return new Backstage(backstages.of(worked(id)));
  }

  /** What the AI would answer in the operator's place; the visitor sees nothing of it. */
  @POST
  @Path("/{id}/suggest")
  public Suggestion suggest(String id) throws InterruptedException {
    return new Suggestion(suggestions.suggest(worked(id), desk.actor().userId()));
  }

  /** What the visitor looks at, and their earlier dialogs. */
  @GET
  @Path("/{id}/visitor")
  public EarlierDialogs visitor(String id) {
    Actor actor = desk.actor();
    DialogItem item = find(id, actor);
    UUID dialog = UUID.fromString(item.conversation().id());
    return new EarlierDialogs(item.visitor(), queries.earlier(dialog, actor));
  }

  private UUID worked(String id) {
    return UUID.fromString(find(id, desk.actor()).conversation().id());
  }

  private DialogItem find(String id, Actor actor) {
    return Ids.parse(id)
        .flatMap(dialog -> queries.find(dialog, actor))
        .orElseThrow(() -> ProblemException.notFound("dialog"));
  }
}
