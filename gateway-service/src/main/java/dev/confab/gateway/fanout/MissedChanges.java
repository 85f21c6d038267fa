package dev.confab.gateway.fanout;

import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.Message;
import dev.confab.contracts.chat.RunningReply;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells a live audience what a page of latest states settles: the changes by number, replies with
 * their beginning and end, so that no client has to know that something was missed.
 */
final class MissedChanges {
  private final Changes page;
  private final long after;
  private final String runningId;
  private final TreeMap<Long, Change> missed = new TreeMap<>();
  private final TreeSet<Long> replyBirths = new TreeSet<>();

  private MissedChanges(Changes page, long after, String runningId) {
    this.page = page;
    this.after = after;
    this.runningId = runningId;
  }

  /**
   * @param after the last number that is known
   * @param runningId the reply that streams at this audience, or null
   */
  static SortedMap<Long, Change> of(Changes page, long after, String runningId) {
    var replay = new MissedChanges(page, after, runningId);
    replay.noteReplyBirths();
    page.messages().forEach(replay::add);
    replay.addRunning();
    replay.explainTheRest();
    return replay.missed;
  }

  private void noteReplyBirths() {
    page.messages().stream()
        .filter(MissedChanges::isEndedReply)
        .forEach(message -> replyBirths.add(message.seq()));
    if (page.running() != null) {
      replyBirths.add(page.running().seq());
    }
  }

  private static boolean isEndedReply(Message message) {
    return message.finishReason() != null;
  }

  /** Whether a reply can still be told as a stream: its end is its last change, before the next. */
  private boolean isStreamable(Message message) {
    return isEndedReply(message)
        && message.content() != null
        && message.editedAt() == null
        && replyBirths.subSet(message.seq() + 1, message.changedSeq()).isEmpty();
  }

  private void add(Message message) {
    long seq = message.changedSeq();
    if (seq <= after) {
      return;
    }
    boolean streams = message.id().equals(runningId);
    boolean bornAndEnded = message.seq() > after && message.seq() < seq;
    if (isStreamable(message) && (bornAndEnded || streams)) {
      if (bornAndEnded) {
        addOpened(runningOf(message));
      }
      var frame = V1Frames.streamComplete(message);
      missed.put(
          seq,
          Change.replyEnded(seq, message.id(), message.content().length(), () -> message, frame));
      return;
    }
    if (message.handoff() != null && message.seq() == seq) {
      var conversation = page.conversation();
      missed.put(
          seq,
          Change.conversation(
              seq, conversation::participants, V1Frames.handoff(message, conversation)));
      return;
    }
    var frame =
        message.seq() > after
            ? V1Frames.messageReceived(message)
            : V1Frames.messageChanged(message);
    missed.put(seq, Change.message(seq, message.id(), frame));
  }

  private void addRunning() {
    var reply = page.running();
    if (reply != null && reply.seq() > after && reply.seq() <= page.upTo()) {
      addOpened(reply);
    }
  }

  private void addOpened(RunningReply reply) {
    var frame = V1Frames.streamStart(page.conversation().id(), reply);
    missed.put(reply.seq(), Change.replyOpened(reply.seq(), reply.messageId(), frame));
  }

  /** A number that belongs to no message here may stand for a change of the conversation. */
  private void explainTheRest() {
    long number = page.upTo();
    while (missed.containsKey(number)) {
      number--;
    }
    if (number > after) {
      var conversation = page.conversation();
      var frame = V1Frames.conversationUpdated(conversation, number, null);
      missed.put(number, Change.conversation(number, conversation::participants, frame));
    }
  }

  private static RunningReply runningOf(Message message) {
    return new RunningReply(
        message.seq(), message.id(), message.replyTo(), message.senderId(), message.onBehalfOf());
  }
}
