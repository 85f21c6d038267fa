package dev.confab.chat.desk;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.schema.Rounds;
import dev.confab.chat.support.Staffing;
import dev.confab.contracts.chat.Actor;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Gives the waiting dialogs of sites that want it to the operators who are there, whoever has the
 * fewest first. Every replica does so: of several that give away the same one, the first does, and
 * the others are refused like any operator who comes too late.
 */
@ApplicationScoped
public class Assignment {
  private static final Logger LOG = Logger.getLogger(Assignment.class);
  private static final int AT_ONCE = 100;
  private static final String REASON = "assigned";
  private static final Set<String> ROLES = Set.of("operator");
  private static final String WAITING =
      "SELECT d.conversation_id, d.site_id, d.left_by FROM support_dialogs d"
          + " JOIN sites s ON s.id = d.site_id AND s.auto_assign WHERE d.state = 'waiting'"
          + " ORDER BY d.state_since, d.conversation_id LIMIT "
          + AT_ONCE;
  private static final String AT_DESK =
      "SELECT o.user_id, o.name FROM operators o WHERE o.user_id = ANY(?)"
          + " AND o.seen_at > clock_timestamp() - ? * interval '1 millisecond'";

  private record Waiting(UUID dialog, UUID site, String leftBy) {}

  private final ChatConfig.Desk config;
  private final Reads reads;
  private final Staffing staffing;
  private final OperatorQueries operators;
  private final Claims claims;
  private final Rounds rounds;

  Assignment(
      ChatConfig config,
      Reads reads,
      Staffing staffing,
      OperatorQueries operators,
      Claims claims,
      Rounds rounds) {
    this.config = config.desk();
    this.reads = reads;
    this.staffing = staffing;
    this.operators = operators;
    this.claims = claims;
    this.rounds = rounds;
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("assignment", config.assignEvery(), this::assign);
  }

  private void assign() {
    List<Waiting> waiting =
        reads.plain(
            c ->
                Reads.all(
                    c,
                    WAITING,
                    rows ->
                        new Waiting(
                            rows.getObject("conversation_id", UUID.class),
                            rows.getObject("site_id", UUID.class),
                            rows.getString("left_by"))));
    if (waiting.isEmpty()) {
      return;
    }
    Set<String> present = new HashSet<>();
    waiting.forEach(each -> present.addAll(staffing.present(each.site())));
    Map<String, String> names = names(present);
    Map<String, Integer> loads = operators.loads(names.keySet());
    waiting.forEach(each -> give(each, names, loads));
  }

  private void give(Waiting waiting, Map<String, String> names, Map<String, Integer> loads) {
    Optional<String> chosen =
        staffing.present(waiting.site()).stream()
            .filter(user -> names.containsKey(user) && !user.equals(waiting.leftBy()))
            .filter(user -> loads.getOrDefault(user, 0) < config.assignAtMost())
            .min(
                Comparator.comparing((String user) -> loads.getOrDefault(user, 0))
                    .thenComparing(user -> spread(user, waiting.dialog())));
    chosen.ifPresent(
        user -> {
          Actor operator = new Actor(user, names.get(user), ROLES);
          if (claims.claim(waiting.dialog(), operator, REASON)) {
            loads.merge(user, 1, Integer::sum);
            LOG.infof("event=dialog_assigned conversation=%s operator=%s", waiting.dialog(), user);
          }
        });
  }

  /** Among equals it is another one's turn with each dialog. */
  private static int spread(String user, UUID dialog) {
    return (user + dialog).hashCode();
  }

  /** Of those who are there, who is at the desk too, and what they are called. */
  private Map<String, String> names(Set<String> present) {
    Map<String, String> names = new HashMap<>();
    reads.plain(
        c ->
            Reads.all(
                c,
                AT_DESK,
                rows -> names.put(rows.getString("user_id"), rows.getString("name")),
                c.createArrayOf("text", present.toArray()),
                config.atDeskWithin().toMillis()));
    return names;
  }
}
