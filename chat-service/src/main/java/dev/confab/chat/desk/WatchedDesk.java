package dev.confab.chat.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.support.Operators;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What gateways tell the operators who watch the desk there. */
@Path("/internal/support/desk")
@RolesAllowed("service")
@RunOnVirtualThread
public class WatchedDesk {
  private static final int MAX_DIALOGS = 200;
  private static final int MAX_WATCHERS = 1_000;
  private static final String OPERATORS =
      "SELECT o.site_id, array_agg(o.user_id) AS users FROM site_operators o"
          + " WHERE o.site_id = ANY(?) GROUP BY o.site_id";

  /** An operator who watches. */
  public record Watcher(String userId, String name) {}

  /**
   * Dialogs that changed, and who watches.
   *
   * @param dialogIds 200 at most
   * @param watchers 1,000 at most; they are at the desk
   */
  public record Asked(List<String> dialogIds, List<Watcher> watchers) {}

  /**
   * A dialog as it is now.
   *
   * @param operators who may see it, beside administrators; null for every operator
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Shown(DialogItem dialog, List<String> operators) {}

  /** Those of the dialogs that there are. */
  public record Answer(List<Shown> dialogs) {}

  private final DialogQueries queries;
  private final Reads reads;
  private final Operators operators;

  WatchedDesk(DialogQueries queries, Reads reads, Operators operators) {
    this.queries = queries;
    this.reads = reads;
    this.operators = operators;
  }

  /** Dialogs as operators see them, each with who may. */
  @POST
  public Answer look(Asked asked) {
    if (asked == null || isTooLong(asked.dialogIds(), MAX_DIALOGS)) {
      throw ProblemException.invalid("dialog_ids", "Name up to " + MAX_DIALOGS + " dialogs.");
    }
    if (isTooLong(asked.watchers(), MAX_WATCHERS)) {
      throw ProblemException.invalid("watchers", "Name up to " + MAX_WATCHERS + " watchers.");
    }
    asked.watchers().stream()
        .filter(each -> each != null && each.userId() != null)
        .forEach(each -> operators.seen(each.userId(), each.name()));
    List<UUID> ids = asked.dialogIds().stream().map(Ids::parse).flatMap(Optional::stream).toList();
    return new Answer(ids.isEmpty() ? List.of() : shown(queries.named(ids)));
  }

  private static boolean isTooLong(List<?> list, int most) {
    return list == null || list.size() > most;
  }

  private List<Shown> shown(List<DialogItem> items) {
    Map<UUID, List<String>> working = new HashMap<>();
    Object[] sites = items.stream().map(DialogItem::siteId).distinct().toArray();
    reads.plain(
        c ->
            Reads.all(
                c,
                OPERATORS,
                rows ->
                    working.put(
                        rows.getObject("site_id", UUID.class),
                        List.of((String[]) rows.getArray("users").getArray())),
                c.createArrayOf("uuid", sites)));
    return items.stream().map(each -> new Shown(each, working.get(each.siteId()))).toList();
  }
}
