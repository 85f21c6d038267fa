package dev.confab.chat.session;

import dev.confab.chat.conversation.ConversationQueries;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.Conversation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Sessions, for gateways. */
@Path("/internal/sessions")
@RolesAllowed("service")
@RunOnVirtualThread
public class SessionResource {
  private static final int MAX_COUNTED = 1_000;
  private static final int MAX_LOOKED_UP = 100;
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

  /** A session to be opened. */
  public record Asked(String userId, String userName, String label) {}

  /** The conversation of a session. */
  public record Session(String conversationId, boolean created) {}

  /** Conversations that a user asks about. */
  public record Several(String userId, List<String> conversationIds) {}

  /** How many messages each of them has; those of others are absent. */
  public record Counts(Map<String, Long> counts) {}

  /** One of them, as it stands. */
  public record Listed(Conversation conversation, long messageCount) {}

  /** What was asked about; those of others are absent. */
  public record Found(List<Listed> sessions) {}

  private final SessionLabels labels;
  private final MessageCounts counts;
  private final ConversationQueries conversations;

  SessionResource(SessionLabels labels, MessageCounts counts, ConversationQueries conversations) {
    this.labels = labels;
    this.counts = counts;
    this.conversations = conversations;
  }

  /** The conversation of a user's label; made with the default assistant if the label is new. */
  @POST
  public Session open(Asked asked) {
    if (asked == null || asked.userId() == null) {
      throw ProblemException.invalid("user_id", "Name the user.");
    }
    if (asked.label() == null || !LABEL.matcher(asked.label()).matches()) {
      throw ProblemException.invalid("label", "1 to 128 of A-Z a-z 0-9 . _ ~ -");
    }
    String name = asked.userName() == null ? asked.userId() : asked.userName();
    var opened = labels.open(new Actor(asked.userId(), name, Set.of()), asked.label());
    return new Session(opened.conversationId().toString(), opened.created());
  }

  /** How many messages conversations have; 1,000 conversations at most. */
  @POST
  @Path("/counts")
  public Counts counts(Several asked) {
    return new Counts(counts.of(user(asked), ids(asked, MAX_COUNTED).toList()));
  }

  /** Conversations as they stand, with their number of messages; 100 at most. */
  @POST
  @Path("/lookup")
  public Found lookup(Several asked) {
    String user = user(asked);
    List<Conversation> found =
        ids(asked, MAX_LOOKED_UP)
            .map(id -> conversations.find(id, user))
            .flatMap(Optional::stream)
            .map(item -> item.conversation())
            .toList();
    Map<String, Long> messages =
        counts.of(user, found.stream().map(c -> UUID.fromString(c.id())).toList());
    return new Found(
        found.stream().map(c -> new Listed(c, messages.getOrDefault(c.id(), 0L))).toList());
  }

  private static String user(Several asked) {
    if (asked == null || asked.userId() == null) {
      throw ProblemException.invalid("user_id", "Name the user.");
    }
    return asked.userId();
  }

  private static Stream<UUID> ids(Several asked, int limit) {
    List<String> ids = asked.conversationIds();
    if (ids == null || ids.size() > limit) {
      throw ProblemException.invalid("conversation_ids", "Name up to " + limit + ".");
    }
    return ids.stream().distinct().map(Ids::parse).flatMap(Optional::stream);
  }
}
