package dev.confab.chat.ledger;

import dev.confab.chat.assistant.Assistant;
import dev.confab.chat.ledger.Lookup.CommandKey;
import dev.confab.chat.ledger.Lookup.UserKey;
import dev.confab.chat.outbox.OutboxRecord;
import dev.confab.chat.outbox.RecordWriter;
import dev.confab.chat.reply.CompletionOrder;
import dev.confab.chat.standin.StandInTurn;
import dev.confab.chat.statistics.UsageCharge;
import dev.confab.contracts.ai.ReplyCancelled;
import dev.confab.contracts.ai.ReplyRecord.ReplyFenced;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.DialogChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One transaction over some locked conversations: what was looked up, what is decided, what leaves.
 * Nothing here touches the database. Not thread-safe.
 */
public final class Ledger {
  private static final String SUPPORT = "support";

  private final RecordWriter writer;
  private final Map<UUID, LockedConversation> conversations = new LinkedHashMap<>();
  private final Map<UUID, Assistant> assistants = new HashMap<>();
  private final Map<CommandKey, CommandOutcome> outcomes = new HashMap<>();
  private final List<CommandOutcome> newOutcomes = new ArrayList<>();
  private final List<OutboxRecord> records = new ArrayList<>();
  private final List<CompletionOrder> orders = new ArrayList<>();
  private final List<UsageCharge> charges = new ArrayList<>();
  private final List<StandInTurn> standInTurns = new ArrayList<>();
  private final List<StandInWriter.Note> standInNotes = new ArrayList<>();
  private final Map<String, Long> spent = new HashMap<>();
  private final Set<UserKey> working = new HashSet<>();
  private Instant now = Instant.EPOCH;

  Ledger(RecordWriter writer) {
    this.writer = writer;
  }

  /** PostgreSQL's time, read after all locks were got. */
  public Instant now() {
    return now;
  }

  /** A conversation that was looked up; empty if it does not exist or was left out as locked. */
  public Optional<LockedConversation> conversation(UUID id) {
    return Optional.ofNullable(conversations.get(id));
  }

  /** All conversations that were looked up, exist and are locked. */
  public Collection<LockedConversation> conversations() {
    return conversations.values();
  }

  /** An assistant that was looked up, if there is one. */
  public Optional<Assistant> assistant(UUID id) {
    return Optional.ofNullable(assistants.get(id));
  }

  /** What came of a command before, or earlier in this transaction. */
  public Optional<CommandOutcome> outcome(UUID conversationId, String commandId) {
    return Optional.ofNullable(outcomes.get(new CommandKey(conversationId, commandId)));
  }

  /** Keeps what came of a command. */
  public void keep(CommandOutcome outcome) {
    var key = new CommandKey(outcome.conversationId(), outcome.commandId());
    if (outcomes.putIfAbsent(key, outcome) == null) {
      newOutcomes.add(outcome);
    }
  }

  /** Lets an event leave. */
  public void emit(ChatEvent event) {
    records.add(writer.event(event));
  }

  /** What operators shall look at again, once each: whatever changes a dialog changes its queue. */
  Stream<DialogChanged> changedDialogs() {
    return conversations.values().stream()
        .filter(in -> in.isChanged() && SUPPORT.equals(in.kind()))
        .map(in -> new DialogChanged(in.name()));
  }

  /** Writes a fence into the stream, and has the upstream call ended. */
  public void fence(UUID conversationId, UUID messageId, int attempt, boolean ends) {
    String conversation = conversationId.toString();
    String message = messageId.toString();
    records.add(writer.fence(new ReplyFenced(conversation, message, attempt, ends)));
    records.add(writer.cancel(new ReplyCancelled(conversation, message, attempt)));
  }

  /** Asks ai-service to write a reply; its history is read when all messages are stored. */
  public void order(CompletionOrder order) {
    orders.add(order);
  }

  /** Adds what a reply cost to its user's sums. */
  public void charge(UsageCharge charge) {
    charges.add(charge);
  }

  /** Keeps a message that somebody's stand-in may answer later. */
  public void standIn(StandInTurn turn) {
    standInTurns.add(turn);
  }

  /** Keeps how a participant wants to be answered for; null forgets it. */
  public void standInNote(UUID conversationId, String userId, String note) {
    standInNotes.add(new StandInWriter.Note(conversationId, userId, note));
  }

  List<StandInWriter.Note> standInNotes() {
    return standInNotes;
  }

  List<StandInTurn> standInTurns() {
    return standInTurns;
  }

  /** The tokens a user spent today (UTC), if that was looked up, else 0. */
  public long spent(String userId) {
    return spent.getOrDefault(userId, 0L);
  }

  /** Whether an operator works the conversation's site, if that was looked up. */
  public boolean worksSite(UUID conversationId, String userId) {
    return working.contains(new UserKey(conversationId, userId));
  }

  void loadWorking(UUID conversationId, String userId) {
    working.add(new UserKey(conversationId, userId));
  }

  void loadSpent(String userId, long tokens) {
    spent.put(userId, tokens);
  }

  List<UsageCharge> charges() {
    return charges;
  }

  void clock(Instant time) {
    now = time;
  }

  void load(LockedConversation conversation) {
    conversations.put(conversation.id(), conversation);
  }

  void load(Assistant assistant) {
    assistants.put(assistant.id(), assistant);
  }

  void load(CommandOutcome outcome) {
    outcomes.put(new CommandKey(outcome.conversationId(), outcome.commandId()), outcome);
  }

  List<CommandOutcome> newOutcomes() {
    return newOutcomes;
  }

  List<OutboxRecord> records() {
    return records;
  }

  List<CompletionOrder> orders() {
    return orders;
  }
}
