package dev.confab.chat.ledger;

import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.Persona;
import dev.confab.contracts.chat.AssistantMember;
import dev.confab.contracts.chat.Reaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a conversation has beside messages and people: assistants that are members, who is mentioned
 * where, who reacted. Collects what changes. Not thread-safe.
 */
public final class RoomState {
  /** So many of those who reacted alike are named. */
  public static final int NAMED_REACTORS = 50;

  record MentionRow(UUID conversationId, String userId, long seq) {}

  record ReactionRow(UUID conversationId, UUID messageId, String emoji, String userId, Long seq) {}

  record PersonaRow(UUID conversationId, String assistantId, Persona persona, String addedBy) {}

  record Place(UUID messageId, String emoji) {}

  private final UUID id;
  private List<AssistantMember> assistants;
  private boolean assistantsChanged;
  private final Map<String, Persona> personas = new HashMap<>();
  private final Map<String, PersonaRow> changedPersonas = new LinkedHashMap<>();
  private final Map<String, Integer> unreadMentions = new HashMap<>();
  private final Map<MentionRow, Boolean> mentions = new LinkedHashMap<>();
  private final Map<Place, Map<String, Long>> reactors = new HashMap<>();
  private final Map<Place, Map<String, ReactionRow>> changedReactions = new LinkedHashMap<>();
  private final Set<UUID> cleared = new HashSet<>();

  RoomState(UUID id, List<AssistantMember> assistants) {
    this.id = id;
    this.assistants = assistants;
  }

  /** Assistants that are members, first come first. */
  public List<AssistantMember> assistants() {
    return assistants;
  }

  /** How a member answers; empty unless it is one and that was looked up. */
  public Optional<Persona> persona(String assistantId) {
    return Optional.ofNullable(assistantId).map(personas::get);
  }

  /** Adds an assistant. */
  public void addAssistant(String assistantId, Persona persona, String addedBy) {
    List<AssistantMember> more = new ArrayList<>(assistants);
    more.add(new AssistantMember(assistantId, persona.name()));
    assistants = List.copyOf(more);
    assistantsChanged = true;
    personas.put(assistantId, persona);
    changedPersonas.put(assistantId, new PersonaRow(id, assistantId, persona, addedBy));
  }

  /** Removes an assistant. */
  public void removeAssistant(String assistantId) {
    assistants = assistants.stream().filter(a -> !a.assistantId().equals(assistantId)).toList();
    assistantsChanged = true;
    personas.remove(assistantId);
    changedPersonas.put(assistantId, new PersonaRow(id, assistantId, null, null));
  }

  /** Unread messages that mention a user, those of this transaction included. */
  int mentions(String userId, long position) {
    long born =
        mentions.entrySet().stream()
            .filter(Entry::getValue)
            .map(Entry::getKey)
            .filter(m -> m.userId().equals(userId) && m.seq() > position)
            .count();
    return unreadMentions.getOrDefault(userId, 0) + (int) born;
  }

  /** Whether a user's reaction stands; it was looked up. */
  public boolean reacts(UUID messageId, String emoji, String userId) {
    return at(messageId, emoji).containsKey(userId);
  }

  /**
   * Has a user's reaction stand or not.
   *
   * @param seq number of the change, null to take it back
   * @return the first of those whose reaction stands now
   */
  public List<String> react(UUID messageId, String emoji, String userId, Long seq) {
    Map<String, Long> all = at(messageId, emoji);
    if (seq == null) {
      all.remove(userId);
    } else {
      all.put(userId, seq);
    }
    changedReactions
        .computeIfAbsent(new Place(messageId, emoji), place -> new LinkedHashMap<>())
        .put(userId, new ReactionRow(id, messageId, emoji, userId, seq));
    return all.entrySet().stream()
        .sorted(Comparator.comparing(Entry::getValue))
        .map(Entry::getKey)
        .limit(NAMED_REACTORS)
        .toList();
  }

  private Map<String, Long> at(UUID messageId, String emoji) {
    return reactors.computeIfAbsent(new Place(messageId, emoji), place -> new HashMap<>());
  }

  /** A message was born or changed: whom it mentions now, and whether reactions may stay. */
  void follow(StoredMessage before, StoredMessage now) {
    List<String> mentionedBefore = before == null ? null : before.details().mentions();
    List<String> mentioned = now.details().mentions();
    if (!Objects.equals(mentionedBefore, mentioned)) {
      mention(without(mentionedBefore, mentioned), now.seq(), false);
      mention(without(mentioned, mentionedBefore), now.seq(), true);
    }
    List<Reaction> reactions = before == null ? null : before.details().reactions();
    if (reactions != null && now.isDeleted()) {
      cleared.add(now.id());
      changedReactions.keySet().removeIf(place -> place.messageId().equals(now.id()));
    }
  }

  private static List<String> without(List<String> some, List<String> others) {
    List<String> left = some == null ? List.of() : some;
    return others == null ? left : left.stream().filter(id -> !others.contains(id)).toList();
  }

  private void mention(List<String> ids, long seq, boolean stands) {
    for (String each : ids) {
      if (assistants.stream().noneMatch(a -> a.assistantId().equals(each))) {
        mentions.put(new MentionRow(id, each, seq), stands);
      }
    }
  }

  void load(String assistantId, Persona persona) {
    personas.put(assistantId, persona);
  }

  void loadReaction(UUID messageId, String emoji, String userId, long seq) {
    at(messageId, emoji).put(userId, seq);
  }

  void loadMentions(String userId, int count) {
    unreadMentions.put(userId, count);
  }

  boolean isUntouched() {
    return !assistantsChanged
        && mentions.isEmpty()
        && changedReactions.isEmpty()
        && cleared.isEmpty();
  }

  boolean isAssistantsChanged() {
    return assistantsChanged;
  }

  UUID id() {
    return id;
  }

  Collection<PersonaRow> personaRows(boolean standing) {
    return changedPersonas.values().stream().filter(p -> p.persona() != null == standing).toList();
  }

  Collection<MentionRow> mentionRows(boolean standing) {
    return mentions.entrySet().stream()
        .filter(m -> m.getValue() == standing)
        .map(Entry::getKey)
        .toList();
  }

  Collection<ReactionRow> reactionRows(boolean standing) {
    return changedReactions.values().stream()
        .flatMap(users -> users.values().stream())
        .filter(r -> r.seq() != null == standing)
        .toList();
  }

  Set<UUID> cleared() {
    return cleared;
  }
}
