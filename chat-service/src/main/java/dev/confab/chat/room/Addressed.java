package dev.confab.chat.room;

import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.Answerer;
import dev.confab.chat.reply.Persona;
import dev.confab.chat.room.Mentions.Named;
import dev.confab.contracts.chat.AssistantMember;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a person's message in a room is for.
 *
 * @param userIds people that are addressed by name, in the text's order, then the one whose message
 *     is replied to, be it said in their name; never the sender
 * @param assistants members that answer, in this order: addressed by name, by a reply to what they
 *     said, or, where the AI is called and nobody of them is named, the first one
 * @param callsAi whether the AI is called without saying which
 */
public record Addressed(List<String> userIds, List<Answerer> assistants, boolean callsAi) {

  /** Looks at a message that was just stored. */
  public static Addressed by(LockedConversation in, StoredMessage message) {
    boolean callsAi = Mentions.callAi(message.content());
    List<String> mentions = mentions(message);
    if (!callsAi && mentions.isEmpty() && message.replyTo() == null) {
      return new Addressed(List.of(), List.of(), false);
    }
    Map<String, Answerer> members = members(in);
    Set<String> ids = new LinkedHashSet<>(mentions);
    Optional.ofNullable(message.replyTo())
        .flatMap(in::message)
        .flatMap(Addressed::author)
        .ifPresent(ids::add);
    ids.remove(message.senderId());
    List<Answerer> assistants = new ArrayList<>();
    ids.stream().filter(members::containsKey).map(members::get).forEach(assistants::add);
    if (assistants.isEmpty() && callsAi) {
      members.values().stream().findFirst().ifPresent(assistants::add);
    }
    List<String> users = ids.stream().filter(id -> !members.containsKey(id)).toList();
    return new Addressed(users, List.copyOf(assistants), callsAi);
  }

  private static List<String> mentions(StoredMessage message) {
    List<String> mentions = message.details().mentions();
    return mentions == null ? List.of() : mentions;
  }

  /** In whose name a message was said. */
  private static Optional<String> author(StoredMessage message) {
    return switch (message.messageType()) {
      case StoredMessage.TYPE_USER -> Optional.of(message.senderId());
      case StoredMessage.TYPE_ASSISTANT ->
          Optional.of(message.onBehalfOf() == null ? message.senderId() : message.onBehalfOf());
      default -> Optional.empty();
    };
  }

  /** The room's own assistant, then those that were added. */
  private static Map<String, Answerer> members(LockedConversation in) {
    Map<String, Answerer> members = new LinkedHashMap<>();
    if (in.assistantId() != null) {
      members.put(in.assistantId(), new Answerer(in.assistantId(), null));
    }
    for (AssistantMember each : in.room().assistants()) {
      in.room()
          .persona(each.assistantId())
          .map(persona -> answerer(in, each.assistantId(), persona))
          .ifPresent(answerer -> members.putIfAbsent(each.assistantId(), answerer));
    }
    return members;
  }

  /** A member answers by its own settings; the model it leaves open is the room's. */
  public static Answerer answerer(LockedConversation in, String assistantId, Persona persona) {
    boolean hasModel = persona.settings().model() != null;
    return new Answerer(
        assistantId,
        hasModel
            ? persona
            : new Persona(persona.name(), persona.settings().withModel(in.settings().model())));
  }

  /** Ids of the people and assistants whose names a text has in it; null for none. */
  public static List<String> mentionsIn(LockedConversation in, String senderId, String content) {
    if (!Mentions.mayBeIn(content)) {
      return null;
    }
    List<Named> named = new ArrayList<>();
    for (ParticipantRow each : in.participants()) {
      named.add(new Named(each.userId(), each.name()));
    }
    if (in.assistantId() != null) {
      named.add(new Named(in.assistantId(), in.assistantName()));
    }
    in.room().assistants().forEach(a -> named.add(new Named(a.assistantId(), a.name())));
    List<String> ids =
        Mentions.in(content, named).stream().filter(id -> !id.equals(senderId)).toList();
    return ids.isEmpty() ? null : ids;
  }
}
