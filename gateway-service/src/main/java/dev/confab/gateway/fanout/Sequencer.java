package dev.confab.gateway.fanout;

import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.Participant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Puts the changes of one conversation in order for all connections of this replica that joined it:
 * each leaves once, by its number; a gap is pulled; the text of the running reply leaves contiguous
 * and ends as it was stored. Pure: it asks its {@link Source} and speaks to its {@link Listener}s,
 * and knows no clock but the one given. One thread at a time.
 *
 * <p>A connection first {@linkplain #join registers}, then its snapshot is read, then it is
 * {@linkplain #settle settled} at that snapshot: what left in between is kept for it.
 */
final class Sequencer {
  /** How long a gap may stay open before it is pulled. */
  static final long GAP_PATIENCE_MILLIS = 20;

  /** How long an unanswered pull or cache read is trusted to come. */
  static final long ANSWER_PATIENCE_MILLIS = 1_000;

  /** How often a hole in a running text is looked up again. */
  static final long HOLE_PATIENCE_MILLIS = 200;

  /** Changes kept that came too early, and changes kept for one joining connection. */
  static final int AHEAD_LIMIT = 4_096;

  /** Where missing things come from; answers arrive by {@link #pulled} and {@link #cached}. */
  interface Source {
    /** Asks chat-service for what changed after a number. */
    void pull(long afterSeq, String history);

    /** Asks the cache for the text of a running reply. */
    void readText(String messageId);

    /** The conversation has another history: nothing known here holds any more. */
    void restart();
  }

  /** One joined connection. */
  interface Listener {
    void change(Frame.Whole frame);

    void text(Frame.Text text);

    /** Participants changed (already told by a frame); called after that frame. */
    void participants(List<Participant> participants);

    /** These take part no more, where participants are not listed; called after the frame. */
    void removed(List<String> userIds);

    /** Too much happened while it joined; the connection shall come again. */
    void overrun();
  }

  /** Outcome of {@link #settle}. */
  enum Settling {
    /** Attached, or attached as soon as the replica has caught up with the snapshot. */
    DONE,
    /** The snapshot is older than what this connection could have missed: read on from it. */
    READ_ON
  }

  private final String conversationId;
  private final Source source;
  private final LongSupplier clockMillis;

  private final Map<Listener, Joining> joining = new LinkedHashMap<>();
  private final List<Listener> attached = new ArrayList<>();
  private final TreeMap<Long, Change> ahead = new TreeMap<>();
  private final ReplyTexts texts = new ReplyTexts();

  /** Number of the last change that left; -1 until the first snapshot. */
  private long position = -1;

  private String history;
  private long gapSince = -1;
  private long pullAskedAt = -1;
  private long textAskedAt = -1;
  private long textGrewAt;

  Sequencer(String conversationId, Source source, LongSupplier clockMillis) {
    this.conversationId = conversationId;
    this.source = source;
    this.clockMillis = clockMillis;
  }

  /** Registers a connection before its snapshot is asked for. */
  void join(Listener listener) {
    leave(listener);
    joining.put(listener, new Joining(conversationId, position));
  }

  /** Forgets a connection, joined or joining. */
  void leave(Listener listener) {
    joining.remove(listener);
    attached.remove(listener);
  }

  /** Number of the last change that left, -1 before the first snapshot. */
  long position() {
    return position;
  }

  /**
   * The connection has sent everything up to the snapshot ({@code last.upTo()}); what comes next is
   * the running reply, if any, and every change above.
   */
  Settling settle(Listener listener, Changes last) {
    var entry = joining.get(listener);
    if (entry == null) {
      return Settling.DONE;
    }
    if (position < 0) {
      start(last);
    }
    if (last.upTo() < entry.base()) {
      return Settling.READ_ON;
    }
    if (!last.conversation().history().equals(history)) {
      source.restart();
      return Settling.DONE;
    }
    entry.settle(last.upTo(), last.running());
    if (last.upTo() > position) {
      pull();
    } else {
      attach(listener, entry);
    }
    return Settling.DONE;
  }

  private void start(Changes snapshot) {
    position = snapshot.upTo();
    history = snapshot.conversation().history();
    // Nothing at or below this position was kept for those who registered before now.
    joining.values().forEach(entry -> entry.rebase(position));
    if (snapshot.running() != null) {
      open(snapshot.running().messageId());
      tellText();
      askText();
    }
    ahead.headMap(position, true).clear();
    drain();
  }

  /** A change came in, from the relay or as the outcome of a command; in any order, repeatedly. */
  void relayed(Change change) {
    if (position >= 0 && change.seq() <= position) {
      return;
    }
    if (position >= 0 && change.seq() == position + 1) {
      emit(change);
      drain();
      return;
    }
    if (ahead.size() >= AHEAD_LIMIT) {
      // The gap is pulled anyway and the pull covers what is dropped here.
      ahead.pollLastEntry();
    }
    ahead.put(change.seq(), change);
    if (gapSince < 0) {
      gapSince = clockMillis.getAsLong();
    }
  }

  private void drain() {
    while (!ahead.isEmpty() && ahead.firstKey() <= position + 1) {
      var change = ahead.pollFirstEntry().getValue();
      if (change.seq() == position + 1) {
        emit(change);
      }
    }
    gapSince = ahead.isEmpty() ? -1 : clockMillis.getAsLong();
    attachSettled();
  }

  private void emit(Change change) {
    position = change.seq();
    switch (change.kind()) {
      case REPLY_OPENED -> {
        tell(change);
        open(change.messageId());
        tellText();
      }
      case REPLY_ENDED -> {
        boolean streamed = texts.isRunning(change.messageId());
        finishText(change);
        tell(streamed ? change : change.asWholeMessage());
      }
      case MESSAGE -> {
        tell(change);
        if (texts.isRunning(change.messageId())) {
          // A reply that is changed has ended; its end was overtaken by the change.
          texts.end(change.messageId());
        }
      }
      case CONVERSATION -> {
        tell(change);
        List.copyOf(attached).forEach(change::tellParticipants);
      }
    }
  }

  private void open(String messageId) {
    texts.open(messageId).forEach(this::tellLive);
    textGrewAt = clockMillis.getAsLong();
    textAskedAt = -1;
  }

  private void finishText(Change change) {
    if (texts.isRunning(change.messageId())) {
      int told = texts.running().told();
      if (told < change.replyLength()) {
        sendText(told, change.replyTextFrom(told));
      }
    }
    texts.end(change.messageId());
  }

  private void tell(Change change) {
    for (int i = 0; i < attached.size(); i++) {
      attached.get(i).change(change.frame());
    }
    joining.values().forEach(entry -> entry.keep(change));
  }

  /** The next characters of a reply came in; in any order, repeatedly, announced or not. */
  void delta(String messageId, int offset, String text) {
    if (texts.take(messageId, offset, text)) {
      tellText();
      if (texts.hasHole() && textAskedAt < 0) {
        askText();
      }
    }
  }

  /** The cache answered with pieces of a running reply's text, by offset. */
  void cached(String messageId, SortedMap<Integer, String> pieces) {
    if (texts.isRunning(messageId)) {
      pieces.forEach(texts.running()::take);
      tellText();
    }
  }

  /** Something of a running reply that is shown as it happens and never again. */
  void live(String messageId, String key, Frame.Whole frame) {
    if (texts.takeLive(messageId, key, frame)) {
      tellLive(frame);
    }
  }

  private void tellLive(Frame.Whole frame) {
    for (int i = 0; i < attached.size(); i++) {
      attached.get(i).change(frame);
    }
  }

  private void tellText() {
    int offset = texts.running().told();
    var text = texts.running().takeUntold();
    if (!text.isEmpty()) {
      textGrewAt = clockMillis.getAsLong();
      sendText(offset, text);
    }
  }

  private void sendText(int offset, String text) {
    if (attached.isEmpty()) {
      return;
    }
    var running = texts.running();
    var frame =
        V1Frames.streamContent(
            conversationId, running.messageId(), offset, text, () -> running.textBefore(offset));
    for (int i = 0; i < attached.size(); i++) {
      attached.get(i).text(frame);
    }
  }

  /** chat-service answered a pull. */
  void pulled(Changes changes) {
    pullAskedAt = -1;
    if (position < 0) {
      return;
    }
    if (changes.reset() || !changes.conversation().history().equals(history)) {
      source.restart();
      return;
    }
    if (changes.upTo() > position) {
      replay(changes);
    }
    ahead.headMap(position, true).clear();
    drain();
    if (changes.more() || changes.conversation().lastSeq() > position) {
      pull();
    }
  }

  private void replay(Changes changes) {
    var running = texts.running();
    var runningId = running == null ? null : running.messageId();
    MissedChanges.of(changes, position, runningId).values().forEach(this::emit);
    position = changes.upTo();
    if (changes.running() != null && texts.isRunning(changes.running().messageId())) {
      askText();
    }
  }

  private void attachSettled() {
    if (joining.isEmpty()) {
      return;
    }
    for (var entry : List.copyOf(joining.entrySet())) {
      if (entry.getValue().isSettledWithin(position)) {
        attach(entry.getKey(), entry.getValue());
      }
    }
  }

  private void attach(Listener listener, Joining entry) {
    joining.remove(listener);
    if (entry.isOverrun()) {
      listener.overrun();
      return;
    }
    var streaming = entry.tellLate(listener);
    attached.add(listener);
    if (streaming != null && texts.isRunning(streaming) && texts.running().told() > 0) {
      listener.text(
          V1Frames.streamContent(conversationId, streaming, 0, texts.running().toldText()));
    }
    // Whoever was removed while they joined is out as well.
    entry.lateConversations().forEach(change -> change.tellParticipants(listener));
  }

  /** Whether a gap, a hole or a settling connection waits for {@link #tick}. */
  boolean isRestless() {
    return position >= 0 && (gapSince >= 0 || texts.hasHole() || isSettling());
  }

  private boolean isSettling() {
    return joining.values().stream().anyMatch(entry -> entry.waitsBeyond(position));
  }

  /** Looks after open gaps and holes; to be called every few milliseconds while restless. */
  void tick() {
    long now = clockMillis.getAsLong();
    if (gapSince >= 0 && position >= 0 && now - gapSince >= GAP_PATIENCE_MILLIS) {
      pullUnlessAsked(now);
    }
    if (isSettling()) {
      pullUnlessAsked(now);
    }
    if (texts.hasHole() && now - textAskedAt >= HOLE_PATIENCE_MILLIS) {
      askText();
    }
  }

  /** chat-service says how far the conversation is; pulls if this replica is behind. */
  void head(long lastSeq, String headHistory) {
    if (position < 0) {
      return;
    }
    if (!headHistory.equals(history)) {
      source.restart();
    } else if (lastSeq > position) {
      pullUnlessAsked(clockMillis.getAsLong());
    } else if (texts.running() != null
        && clockMillis.getAsLong() - textGrewAt >= ANSWER_PATIENCE_MILLIS) {
      askText();
    }
  }

  private void pullUnlessAsked(long now) {
    if (pullAskedAt < 0 || now - pullAskedAt >= ANSWER_PATIENCE_MILLIS) {
      pull();
    }
  }

  private void pull() {
    pullAskedAt = clockMillis.getAsLong();
    source.pull(position, history);
  }

  private void askText() {
    textAskedAt = clockMillis.getAsLong();
    source.readText(texts.running().messageId());
  }
}
