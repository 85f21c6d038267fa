package dev.confab.gateway.fanout;

import dev.confab.contracts.chat.RunningReply;
import java.util.ArrayList;
import java.util.List;

/** A connection between registering and going live: what leaves meanwhile is kept for it. */
final class Joining {
  private static final int NOT_SETTLED = -1;

  private final String conversationId;
  private final List<Change> since = new ArrayList<>();
  private long base;
  private long settledAt = NOT_SETTLED;
  private RunningReply running;
  private boolean overrun;

  /**
   * @param base position of the replica when it registered: everything above is kept
   */
  Joining(String conversationId, long base) {
    this.conversationId = conversationId;
    this.base = base;
  }

  long base() {
    return base;
  }

  void rebase(long position) {
    base = position;
  }

  void keep(Change change) {
    if (since.size() < Sequencer.AHEAD_LIMIT) {
      since.add(change);
    } else {
      overrun = true;
    }
  }

  /** More happened than is kept: this join cannot be finished. */
  boolean isOverrun() {
    return overrun;
  }

  /** Its snapshot was sent: it shows everything up to {@code seq} and what ran then. */
  void settle(long seq, RunningReply runningThen) {
    settledAt = seq;
    running = runningThen;
  }

  boolean isSettledWithin(long position) {
    return settledAt != NOT_SETTLED && settledAt <= position;
  }

  boolean waitsBeyond(long position) {
    return settledAt > position;
  }

  /**
   * Tells the reply that ran at the snapshot and everything that left after it.
   *
   * @return id of the reply that streams now, or null
   */
  String tellLate(Sequencer.Listener listener) {
    String streaming = null;
    if (running != null) {
      streaming = running.messageId();
      listener.change(V1Frames.streamStart(conversationId, running));
    }
    for (var change : since) {
      if (change.seq() > settledAt) {
        streaming = tellLate(listener, change, streaming);
      }
    }
    return streaming;
  }

  /** Changes of the conversation itself that left after the snapshot. */
  List<Change> lateConversations() {
    return since.stream()
        .filter(change -> change.kind() == Change.Kind.CONVERSATION && change.seq() > settledAt)
        .toList();
  }

  private String tellLate(Sequencer.Listener listener, Change change, String streaming) {
    if (change.kind() == Change.Kind.REPLY_OPENED) {
      listener.change(change.frame());
      return change.messageId();
    }
    boolean streamed = change.messageId() != null && change.messageId().equals(streaming);
    boolean ends = streamed && change.kind() == Change.Kind.REPLY_ENDED;
    if (ends && change.replyLength() > 0) {
      listener.text(V1Frames.streamContent(conversationId, streaming, 0, change.replyTextFrom(0)));
    }
    listener.change(ends ? change.frame() : change.asWholeMessage().frame());
    // Any change of a reply, not just its end, tells that it no longer streams.
    return streamed ? null : streaming;
  }
}
