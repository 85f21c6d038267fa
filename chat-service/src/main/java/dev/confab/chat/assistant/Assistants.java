package dev.confab.chat.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.conversation.Page;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Writes;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes, finds and changes assistants for one of their users. */
@ApplicationScoped
public class Assistants {
  private static final String COPY_SUFFIX = " (copy)";
  private static final int MAX_NAME_CHARS = 80;

  /**
   * What to list.
   *
   * @param mine whether others' public ones are left out
   * @param text that name or description must contain, or null
   * @param before where the page begins, or null
   */
  record Asked(boolean mine, String text, UUID before, int limit) {}

  private final Reads reads;
  private final Writes writes;
  private final AssistantRules rules;
  private final int maxPerUser;

  Assistants(Reads reads, Writes writes, AssistantRules rules, ChatConfig config) {
    this.reads = reads;
    this.writes = writes;
    this.rules = rules;
    this.maxPerUser = config.settings().assistantsPerUser();
  }

  /** The assistant of that id, if it exists for this user. */
  public Optional<Assistant> visible(UUID id, String userId) {
    return reads
        .plain(connection -> AssistantRows.find(connection, id))
        .filter(found -> found.isVisibleTo(userId));
  }

  /** The assistant of that id, whoever's it is: for those whom its owner lent it. */
  public Optional<Assistant> find(UUID id) {
    return reads.plain(connection -> AssistantRows.find(connection, id));
  }

  /** One's own and, unless left out, the public ones, newest first. */
  Page<AssistantView> list(String userId, Asked asked) {
    List<Assistant> found =
        reads.plain(connection -> AssistantRows.list(connection, userId, asked));
    boolean more = found.size() > asked.limit();
    List<Assistant> page = more ? found.subList(0, asked.limit()) : found;
    return new Page<>(
        page.stream().map(a -> AssistantView.of(a, userId)).toList(),
        more ? page.get(page.size() - 1).id().toString() : null);
  }

  /** Makes one that belongs to the actor. */
  Assistant create(Actor actor, JsonNode wanted) {
    rules.prepare(wanted);
    Assistant made = rules.patched(blank(actor), wanted);
    if (made.name() == null) {
      throw ProblemException.invalid("name", "An assistant has a name.");
    }
    return insert(made);
  }

  /** Makes a private one of the actor's own after one that they may see. */
  Assistant copy(UUID id, Actor actor) {
    Assistant model = visible(id, actor.userId()).orElseThrow(Assistants::noSuchAssistant);
    Assistant blank = blank(actor);
    return insert(
        new Assistant(
            blank.id(),
            blank.ownerId(),
            blank.ownerName(),
            copyName(model.name()),
            model.avatar(),
            model.description(),
            model.settings(),
            model.starterQuestions(),
            false,
            blank.createdAt(),
            blank.updatedAt()));
  }

  private static String copyName(String name) {
    int end = Math.min(name.length(), MAX_NAME_CHARS - COPY_SUFFIX.length());
    if (end < name.length() && Character.isHighSurrogate(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end) + COPY_SUFFIX;
  }

  private static Assistant blank(Actor actor) {
    Instant now = now();
    return new Assistant(
        Ids.next(),
        actor.userId(),
        MessageText.storable(actor.name()),
        null,
        null,
        null,
        Settings.DEFAULTS,
        List.of(),
        false,
        now,
        now);
  }

  private Assistant insert(Assistant made) {
    return writes.run(
        connection -> {
          if (AssistantRows.countOf(connection, made.ownerId()) >= maxPerUser) {
            throw new ProblemException(
                ErrorCode.CONFLICT, "One can have " + maxPerUser + " assistants at most.");
          }
          AssistantRows.insert(connection, made);
          return made;
        });
  }

  /** Changes one's own. */
  Assistant patch(UUID id, Actor actor, JsonNode patch) {
    rules.prepare(patch);
    return writes.run(
        connection -> {
          Assistant before = own(connection, id, actor.userId());
          Assistant after = rules.patched(before, patch).changedBy(actor.name(), now());
          AssistantRows.update(connection, after);
          return after;
        });
  }

  /** Deletes one's own; conversations that began with it go on. */
  void delete(UUID id, String userId) {
    writes.run(
        connection -> {
          own(connection, id, userId);
          AssistantRows.delete(connection, id);
          return null;
        });
  }

  private static Assistant own(Connection connection, UUID id, String userId) throws SQLException {
    Assistant found =
        AssistantRows.lock(connection, id)
            .filter(a -> a.isVisibleTo(userId))
            .orElseThrow(Assistants::noSuchAssistant);
    if (!found.isOwnedBy(userId)) {
      throw new ProblemException(ErrorCode.FORBIDDEN, "Only its owner may do this.");
    }
    return found;
  }

  static ProblemException noSuchAssistant() {
    return ProblemException.notFound("assistant");
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
