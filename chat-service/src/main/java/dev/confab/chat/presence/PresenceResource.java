package dev.confab.chat.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.chat.conversation.Caller;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.presence.PresenceChanged;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Who of those with whom one talks is there. */
@Path("/api/v1/presence")
@RolesAllowed({"user", "guest", "operator", "admin"})
@RunOnVirtualThread
public class PresenceResource {
  private static final int MAX_USERS = 100;
  private static final int MAX_CHARS = MAX_USERS * 100;

  // Of those who share no conversation with the asking user nothing is told, not even that.
  private static final String KNOWN =
      "SELECT k.user_id FROM unnest(?) AS k(user_id) WHERE k.user_id = ? OR EXISTS (SELECT 1"
          + " FROM participants own JOIN participants other"
          + " ON other.conversation_id = own.conversation_id AND other.user_id = k.user_id"
          + " JOIN conversations c ON c.id = own.conversation_id"
          + " WHERE own.user_id = ? AND c.participant_count <= "
          + Conversation.LISTED_PARTICIPANTS
          + ")";

  /** How users are; those of whom nothing is known, or may be told, are not among them. */
  public record States(List<State> items) {}

  /** How a user is; {@code online} or {@code offline}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record State(String userId, String status, Instant lastSeenAt) {}

  private final Caller caller;
  private final Reads reads;
  private final Presence presence;

  PresenceResource(Caller caller, Reads reads, Presence presence) {
    this.caller = caller;
    this.reads = reads;
    this.presence = presence;
  }

  /** How users are with whom one shares a conversation of up to 200 people. */
  @GET
  public States states(@QueryParam("user_ids") String userIds) {
    List<String> asked = known(parse(userIds));
    Map<String, PresenceState> states = presence.states(asked);
    return new States(
        asked.stream()
            .filter(states::containsKey)
            .map(user -> state(user, states.get(user)))
            .toList());
  }

  private static State state(String user, PresenceState state) {
    String status = state.online() ? PresenceChanged.ONLINE : PresenceChanged.OFFLINE;
    return new State(user, status, state.lastSeenAt());
  }

  private static List<String> parse(String userIds) {
    if (userIds == null || userIds.length() > MAX_CHARS || userIds.indexOf('\0') >= 0) {
      throw ProblemException.invalid("user_ids", "Name users, separated by commas.");
    }
    List<String> asked =
        Arrays.stream(userIds.split(",")).map(String::strip).filter(u -> !u.isEmpty()).toList();
    if (asked.isEmpty() || asked.size() > MAX_USERS) {
      throw ProblemException.invalid("user_ids", "Name 1 to " + MAX_USERS + " users.");
    }
    return asked.stream().distinct().toList();
  }

  private List<String> known(List<String> asked) {
    String own = caller.userId();
    return reads.plain(
        connection ->
            Reads.all(
                connection,
                KNOWN,
                rows -> rows.getString("user_id"),
                connection.createArrayOf("text", asked.toArray()),
                own,
                own));
  }
}
