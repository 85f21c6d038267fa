package dev.confab.gateway.fanout;

import dev.confab.contracts.chat.Message;
import dev.confab.contracts.chat.Participant;
import java.util.List;
import java.util.function.Supplier;

/**
 * A numbered change of a conversation, ready to leave: what the sequencer needs to order it, and
 * the frame that tells of it.
 *
 * @param messageId the message it is about, or null
 * @param replyLength UTF-16 length of an ended reply's stored text; else 0
 * @param reply the ended reply as stored; asked only where it did not stream whole
 * @param participants of the conversation after a change of it, where they are listed; asked only
 *     for {@link Kind#CONVERSATION}
 * @param removed users who took part until this change, where participants are not listed
 */
record Change(
    long seq,
    Kind kind,
    String messageId,
    int replyLength,
    Supplier<Message> reply,
    Supplier<List<Participant>> participants,
    List<String> removed,
    Frame.Whole frame) {
  /** What a change means for the text that streams. */
  enum Kind {
    /** A whole message was born or changed. */
    MESSAGE,
    /** A reply begins to stream. */
    REPLY_OPENED,
    /** A reply ended; nothing of it follows. */
    REPLY_ENDED,
    /** The conversation itself changed. */
    CONVERSATION
  }

  static Change message(long seq, String messageId, Frame.Whole frame) {
    return new Change(seq, Kind.MESSAGE, messageId, 0, null, null, List.of(), frame);
  }

  static Change replyOpened(long seq, String messageId, Frame.Whole frame) {
    return new Change(seq, Kind.REPLY_OPENED, messageId, 0, null, null, List.of(), frame);
  }

  static Change replyEnded(
      long seq, String messageId, int length, Supplier<Message> reply, Frame.Whole frame) {
    return new Change(seq, Kind.REPLY_ENDED, messageId, length, reply, null, List.of(), frame);
  }

  static Change conversation(
      long seq, Supplier<List<Participant>> participants, Frame.Whole frame) {
    return conversation(seq, participants, List.of(), frame);
  }

  static Change conversation(
      long seq, Supplier<List<Participant>> participants, List<String> removed, Frame.Whole frame) {
    return new Change(seq, Kind.CONVERSATION, null, 0, null, participants, removed, frame);
  }

  /** Tells a listener who takes part after a change of the conversation, as far as it says so. */
  void tellParticipants(Sequencer.Listener listener) {
    var listed = participants.get();
    if (listed != null) {
      listener.participants(listed);
    } else if (!removed.isEmpty()) {
      listener.removed(removed);
    }
  }

  /** Text of the ended reply from {@code offset} on. */
  String replyTextFrom(int offset) {
    return reply.get().content().substring(offset);
  }

  /** The same change for those whom the reply did not stream to. */
  Change asWholeMessage() {
    return kind == Kind.REPLY_ENDED
        ? message(seq, messageId, V1Frames.messageReceived(reply.get()))
        : this;
  }
}
