package dev.confab.chat.ledger;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a transaction must know before it decides. Not thread-safe. */
public final class Lookup {
  record UserKey(UUID conversationId, String userId) {}

  record ClientKey(UUID conversationId, String senderId, String clientId) {}

  record CommandKey(UUID conversationId, String commandId) {}

  record MessageKey(UUID conversationId, UUID messageId) {}

  record NameKey(UUID conversationId, String name) {}

  record ReactionKey(UUID conversationId, UUID messageId, String emoji, String userId) {}

  private final Set<UUID> conversations = new LinkedHashSet<>();
  private final Set<UserKey> users = new LinkedHashSet<>();
  private final Set<ClientKey> clientIds = new LinkedHashSet<>();
  private final Set<CommandKey> commandIds = new LinkedHashSet<>();
  private final Set<MessageKey> messageIds = new LinkedHashSet<>();
  private final Map<UserKey, Long> readPositions = new HashMap<>();
  private final Set<String> spenders = new LinkedHashSet<>();
  private final Set<UUID> assistants = new LinkedHashSet<>();
  private final Set<NameKey> names = new LinkedHashSet<>();
  private final Set<UUID> leaders = new LinkedHashSet<>();
  private final Set<UUID> personas = new LinkedHashSet<>();
  private final Set<ReactionKey> reactions = new LinkedHashSet<>();
  private final Set<UUID> standIns = new LinkedHashSet<>();
  private final Set<UserKey> operators = new LinkedHashSet<>();
  private boolean skipLocked;

  /**
   * The conversation's row, locked, its participants (of a big one, those named) and open replies.
   */
  public Lookup conversation(UUID id) {
    conversations.add(id);
    return this;
  }

  /** Whether and how a user takes part. */
  public Lookup user(UUID conversationId, String userId) {
    users.add(new UserKey(conversationId, userId));
    return this;
  }

  /** The message that a sender gave this id. */
  public Lookup clientId(UUID conversationId, String senderId, String clientId) {
    clientIds.add(new ClientKey(conversationId, senderId, clientId));
    return this;
  }

  /** What came of a command, if it was seen before. */
  public Lookup command(UUID conversationId, String commandId) {
    commandIds.add(new CommandKey(conversationId, commandId));
    return this;
  }

  /** A message, and the reply under this id whichever its state. */
  public Lookup message(UUID conversationId, UUID messageId) {
    messageIds.add(new MessageKey(conversationId, messageId));
    return this;
  }

  /**
   * How many messages of others lie above a position, or above the stored one if that is higher.
   */
  public Lookup readPosition(UUID conversationId, String userId, long seq) {
    readPositions.merge(new UserKey(conversationId, userId), seq, Math::max);
    return this;
  }

  /** What a user spent today. */
  public Lookup spent(String userId) {
    spenders.add(userId);
    return this;
  }

  /** Whether an operator works the conversation's site. */
  public Lookup operator(UUID conversationId, String userId) {
    operators.add(new UserKey(conversationId, userId));
    return this;
  }

  /** An assistant, whoever's it is. */
  public Lookup assistant(UUID id) {
    assistants.add(id);
    return this;
  }

  /** Those of a big conversation who are called so; of others all are known. */
  public Lookup name(UUID conversationId, String name) {
    names.add(new NameKey(conversationId, name));
    return this;
  }

  /** Hosts of a big conversation, and who is there longest; of others all are known. */
  public Lookup leaders(UUID conversationId) {
    leaders.add(conversationId);
    return this;
  }

  /** How the assistants that are members answer. */
  public Lookup personas(UUID conversationId) {
    personas.add(conversationId);
    return this;
  }

  /** Whether a user reacted like this, and who did first. */
  public Lookup reaction(UUID conversationId, UUID messageId, String emoji, String userId) {
    reactions.add(new ReactionKey(conversationId, messageId, emoji, userId));
    return this;
  }

  /** How often each member was answered for in a conversation within the last minute. */
  public Lookup recentStandIns(UUID conversationId) {
    standIns.add(conversationId);
    return this;
  }

  Set<UUID> recentStandIns() {
    return standIns;
  }

  /** Leaves out conversations that are locked right now. */
  public Lookup skipLocked() {
    skipLocked = true;
    return this;
  }

  Set<UUID> conversations() {
    return conversations;
  }

  Set<UserKey> users() {
    return users;
  }

  Set<ClientKey> clientIds() {
    return clientIds;
  }

  Set<CommandKey> commandIds() {
    return commandIds;
  }

  Set<MessageKey> messageIds() {
    return messageIds;
  }

  Map<UserKey, Long> readPositions() {
    return readPositions;
  }

  Set<String> spenders() {
    return spenders;
  }

  Set<UserKey> operators() {
    return operators;
  }

  Set<UUID> assistants() {
    return assistants;
  }

  Set<NameKey> names() {
    return names;
  }

  Set<UUID> leaders() {
    return leaders;
  }

  Set<UUID> personas() {
    return personas;
  }

  Set<ReactionKey> reactions() {
    return reactions;
  }

  boolean skipsLocked() {
    return skipLocked;
  }
}
