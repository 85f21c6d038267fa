package dev.confab.chat.ledger;

import dev.confab.chat.conversation.Attendance;
import dev.confab.chat.conversation.ConversationRow;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.conversation.Unread;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.Reply;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Settings;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A conversation whose row this transaction holds: it gives the numbers, and collects what changes.
 * Not thread-safe.
 */
public final class LockedConversation {
  private record Sent(String senderId, String clientId) {}

  private final ConversationRow row;
  private String title;
  private Settings settings;
  private String owner;
  private long ownerEpoch;
  private String operatorId;
  private long lastSeq;
  private String preview;
  private long previewSeq;
  private Instant updatedAt;
  private Instant deletedAt;
  private Attendance attendance;
  private boolean changed;
  private boolean described;
  private boolean attended;

  private final Members members;
  private final Map<UUID, StoredMessage> messages = new LinkedHashMap<>();
  private final Map<Sent, UUID> sent = new HashMap<>();
  private final Set<UUID> added = new HashSet<>();
  private final Set<UUID> changedMessages = new HashSet<>();
  private final Map<UUID, Reply> replies = new LinkedHashMap<>();
  private final Set<UUID> changedReplies = new HashSet<>();
  private final Map<String, Integer> unread = new HashMap<>();
  private final RoomState room;
  private final Map<String, Integer> standIns = new HashMap<>(0);

  LockedConversation(ConversationRow row) {
    this.row = row;
    this.title = row.title();
    this.settings = row.settings();
    this.owner = row.owner();
    this.ownerEpoch = row.ownerEpoch();
    this.operatorId = row.operatorId();
    this.lastSeq = row.lastSeq();
    this.preview = row.preview();
    this.previewSeq = row.previewSeq();
    this.updatedAt = row.updatedAt();
    this.deletedAt = row.deletedAt();
    this.members = new Members(row.participantCount());
    this.room = new RoomState(row.id(), row.assistants());
    this.attendance = row.attendance();
  }

  /** Its id. */
  public UUID id() {
    return row.id();
  }

  /** Its id as clients know it. */
  public String name() {
    return row.id().toString();
  }

  /** {@code assistant}, {@code room}, {@code support} or {@code backstage}. */
  public String kind() {
    return row.kind();
  }

  /** Who answers. */
  public String owner() {
    return owner;
  }

  /** The operator who answers, or null. */
  public String operatorId() {
    return operatorId;
  }

  /** The site of a support conversation, or null. */
  public UUID siteId() {
    return row.siteId();
  }

  /** How many times the owner changed. */
  public long ownerEpoch() {
    return ownerEpoch;
  }

  /** Its own assistant, or null. */
  public String assistantId() {
    return row.assistantId();
  }

  /** What that assistant was called when the conversation began, or null. */
  public String assistantName() {
    return row.assistantName();
  }

  /** Its assistants, mentions and reactions. */
  public RoomState room() {
    return room;
  }

  /** Its title as it is now, or null. */
  public String title() {
    return title;
  }

  /** Its settings as they are now. */
  public Settings settings() {
    return settings;
  }

  /** The last number given. */
  public long lastSeq() {
    return lastSeq;
  }

  /** Whether it is closed. */
  public boolean isClosed() {
    return deletedAt != null || "none".equals(owner);
  }

  /** Gives the next number. */
  public long nextSeq(Instant now) {
    changed = true;
    updatedAt = now.isAfter(updatedAt) ? now : updatedAt;
    return ++lastSeq;
  }

  /** A time that does not lie before the conversation's last change. */
  public Instant notBefore(Instant now) {
    return now.isAfter(updatedAt) ? now : updatedAt;
  }

  /** Changes title and settings; the caller gives the change its number. */
  public void describe(String newTitle, Settings newSettings) {
    title = newTitle;
    settings = newSettings;
    described = true;
  }

  /** Closes it, or with null opens it again; the caller gives the change its number. */
  public void closedAt(Instant time) {
    deletedAt = time;
    described = true;
  }

  /** How a user takes part, if they do. */
  public Optional<ParticipantRow> participant(String userId) {
    return members.of(userId);
  }

  /** Those who take part; of a big conversation those that were looked up. */
  public Collection<ParticipantRow> participants() {
    return members.all();
  }

  /** Changes who answers; the caller gives the change its number, and no reply runs any more. */
  public void own(String newOwner, String newOperatorId) {
    owner = newOwner;
    operatorId = newOperatorId;
    ownerEpoch++;
    described = true;
  }

  /** How a support conversation's visitor is attended to. */
  public Attendance attendance() {
    return attendance;
  }

  /** Attends to the visitor otherwise. */
  public void attend(Attendance now) {
    attended |= !now.equals(attendance);
    attendance = now;
  }

  /** Adds a participant or replaces what is known of one. */
  public void putParticipant(ParticipantRow participant) {
    described |= members.put(participant);
  }

  /** Removes a participant. */
  public void removeParticipant(String userId) {
    described |= members.remove(userId);
  }

  /** Everybody to tell on their own channels, null in a big conversation. */
  public List<String> told() {
    return members.told();
  }

  /** How many take part. */
  public int participantCount() {
    return members.count();
  }

  /** A message that was looked up or made here. */
  public Optional<StoredMessage> message(UUID id) {
    return Optional.ofNullable(messages.get(id));
  }

  /** The message that a sender gave this id. */
  public Optional<StoredMessage> sentAs(String senderId, String clientId) {
    return Optional.ofNullable(sent.get(new Sent(senderId, clientId))).map(messages::get);
  }

  /** A new message; its number was just given. */
  public void add(StoredMessage message) {
    load(message);
    room.follow(null, message);
    added.add(message.id());
    if (!message.isStreaming()) {
      show(message);
    }
  }

  /** A message in its new state. */
  public void change(StoredMessage message) {
    room.follow(messages.put(message.id(), message), message);
    changedMessages.add(message.id());
    if (message.seq() >= previewSeq) {
      show(message);
    }
  }

  private void show(StoredMessage message) {
    if (message.content() != null && message.content().isEmpty()) {
      return;
    }
    preview = row.sensitive() ? null : MessageText.preview(message.content());
    previewSeq = message.seq();
    changed = true;
  }

  /** The reply being written, if any. */
  public Optional<Reply> running() {
    return replies.values().stream().filter(Reply::isRunning).findFirst();
  }

  /** Replies waiting for their turn, first come first. */
  public List<Reply> queued() {
    return replies.values().stream()
        .filter(Reply::isQueued)
        .sorted(
            Comparator.comparing(Reply::turnSeq)
                .thenComparing(Reply::createdAt)
                .thenComparing(r -> r.messageId().toString()))
        .toList();
  }

  /** A reply that is open or was looked up. */
  public Optional<Reply> reply(UUID messageId) {
    return Optional.ofNullable(replies.get(messageId));
  }

  /** How often a member was answered for within the last minute; it was looked up. */
  public int recentStandIns(String userId) {
    return standIns.getOrDefault(userId, 0);
  }

  void loadStandIns(String userId, int times) {
    standIns.put(userId, times);
  }

  /** A reply in its new state. */
  public void putReply(Reply reply) {
    if (replies.put(reply.messageId(), reply) == null && reply.onBehalfOf() != null) {
      standIns.merge(reply.onBehalfOf(), 1, Integer::sum);
    }
    changedReplies.add(reply.messageId());
  }

  /**
   * Messages of others above the position that was asked for, those of this transaction included.
   */
  public Unread unread(String userId, long position) {
    long born =
        added.stream()
            .map(messages::get)
            .filter(m -> m.seq() > position && !m.senderId().equals(userId))
            .count();
    int all = unread.getOrDefault(userId, 0) + (int) born;
    return new Unread(all, room.mentions(userId, position));
  }

  /** What all participants see. */
  public Conversation toContract() {
    return present().toContract(List.copyOf(members.all()));
  }

  ConversationRow present() {
    return new ConversationRow(
        row.id(),
        row.kind(),
        title,
        owner,
        ownerEpoch,
        operatorId,
        row.assistantId(),
        row.assistantName(),
        row.siteId(),
        settings,
        lastSeq,
        row.history(),
        preview,
        previewSeq,
        members.count(),
        row.sensitive(),
        row.createdAt(),
        updatedAt,
        deletedAt,
        room.assistants(),
        attendance);
  }

  void load(ParticipantRow participant) {
    members.load(participant);
  }

  void load(Reply reply) {
    replies.put(reply.messageId(), reply);
  }

  void load(StoredMessage message) {
    messages.put(message.id(), message);
    if (message.clientId() != null) {
      sent.put(new Sent(message.senderId(), message.clientId()), message.id());
    }
  }

  void loadUnread(String userId, Unread known) {
    unread.put(userId, known.messages());
    room.loadMentions(userId, known.mentions());
  }

  boolean isChanged() {
    return changed;
  }

  boolean isDescribed() {
    return described;
  }

  boolean isAttended() {
    return attended;
  }

  Collection<StoredMessage> addedMessages() {
    return pick(messages, added);
  }

  Collection<StoredMessage> changedMessages() {
    Set<UUID> earlier = new HashSet<>(changedMessages);
    earlier.removeAll(added);
    return pick(messages, earlier);
  }

  Collection<Reply> changedReplies() {
    return pick(replies, changedReplies);
  }

  Collection<ParticipantRow> changedParticipants() {
    return members.changed();
  }

  Collection<String> removedParticipants() {
    return members.removed();
  }

  private static <K, V> Collection<V> pick(Map<K, V> all, Set<K> keys) {
    return keys.stream().map(all::get).toList();
  }
}
