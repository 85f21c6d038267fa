package dev.confab.gateway.fanout;

import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Participant;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One conversation on this replica: its sequencer and who joined. */
final class Room {
  /** A connection in this room. */
  final class Member implements Sequencer.Listener {
    private record Step(Runnable then, Refusal refused) {}

    private final Subscriber subscriber;
    private List<Step> waiting = new ArrayList<>(1);
    private boolean byRight;

    Member(Subscriber subscriber) {
      this.subscriber = subscriber;
    }

    Room room() {
      return Room.this;
    }

    Subscriber subscriber() {
      return subscriber;
    }

    /** Whether this join still stands: the connection did not leave or join anew. */
    boolean isCurrent() {
      return members.get(subscriber) == this;
    }

    /** It was let in. */
    void enters(Conversation conversation) {
      byRight = subscriber.staffRole() != null && STAFFED.contains(conversation.kind());
    }

    /** Runs a step when {@code joined} was sent; at once if it was. */
    void whenShown(Runnable then, Refusal refused) {
      if (waiting == null) {
        then.run();
      } else {
        waiting.add(new Step(then, refused));
      }
    }

    /** {@code joined} was sent. */
    void shown() {
      var steps = waiting;
      waiting = null;
      steps.forEach(step -> step.then().run());
    }

    /** The join was refused: the steps that waited for it will not run. */
    void refused(ErrorCode code, String message, Long retryAfterMs) {
      if (waiting != null) {
        waiting.forEach(step -> step.refused().tell(code, message, retryAfterMs));
      }
    }

    @Override
    public void change(Frame.Whole frame) {
      subscriber.send(frame);
    }

    @Override
    public void text(Frame.Text text) {
      subscriber.send(text);
    }

    @Override
    public void participants(List<Participant> participants) {
      gathering.gather(Room.this, participants);
      if (participants.stream().anyMatch(there -> there.userId().equals(subscriber.userId()))) {
        return;
      }
      if (byRight) {
        door.doubt(this);
      } else {
        door.shut(this);
      }
    }

    @Override
    public void removed(List<String> userIds) {
      if (!userIds.contains(subscriber.userId())) {
        return;
      }
      if (byRight) {
        door.doubt(this);
      } else {
        door.shut(this);
      }
    }

    @Override
    public void overrun() {
      subscriber.close(TOO_SLOW, "too slow to join");
    }
  }

  /** Hears why a step will not run. */
  interface Refusal {
    void tell(ErrorCode code, String message, Long retryAfterMs);
  }

  /** Hears who takes part. */
  interface Gathering {
    void gather(Room room, List<Participant> participants);
  }

  /** Who may stay. */
  interface Door {
    /** Takes a member out, with all that the fan-out knows of it. */
    void shut(Member member);

    /** Asks whether somebody who takes no part may still look on. */
    void doubt(Member member);
  }

  private static final int TOO_SLOW = 4009;

  /** Kinds of conversations that staff may follow without taking part. */
  private static final Set<String> STAFFED = Set.of("support", "backstage");

  private final String conversationId;
  private final Sequencer sequencer;
  private final Future<Void> subscription;
  private final Door door;
  private final Gathering gathering;
  private final Map<Subscriber, Member> members = new HashMap<>();
  private boolean idleBefore;

  Room(
      String conversationId,
      Sequencer sequencer,
      Future<Void> subscription,
      Door door,
      Gathering gathering) {
    this.conversationId = conversationId;
    this.sequencer = sequencer;
    this.subscription = subscription;
    this.door = door;
    this.gathering = gathering;
  }

  String conversationId() {
    return conversationId;
  }

  Sequencer sequencer() {
    return sequencer;
  }

  /** Completes, one way or the other, when a snapshot may be read. */
  Future<Void> ready() {
    // Without Redis the room is pulled, so a failed subscription does not hold a join up.
    return subscription.otherwiseEmpty();
  }

  Member join(Subscriber subscriber) {
    var member = new Member(subscriber);
    var before = members.put(subscriber, member);
    if (before != null) {
      sequencer.leave(before);
      if (before.waiting != null) {
        member.waiting.addAll(before.waiting);
      }
    }
    sequencer.join(member);
    return member;
  }

  void leave(Subscriber subscriber) {
    var member = members.remove(subscriber);
    if (member != null) {
      sequencer.leave(member);
    }
  }

  /** A connection's membership, or null. */
  Member member(Subscriber subscriber) {
    return members.get(subscriber);
  }

  /** Tells everybody but one connection, if it is named. */
  void tell(Frame frame, String exceptConnection) {
    for (var subscriber : subscribers()) {
      if (!subscriber.connectionId().equals(exceptConnection)) {
        subscriber.send(frame);
      }
    }
  }

  Iterable<Subscriber> subscribers() {
    return List.copyOf(members.keySet());
  }

  /** Whether nobody was here at this look and the one before. */
  boolean isAbandoned() {
    boolean idle = members.isEmpty();
    boolean abandoned = idle && idleBefore;
    idleBefore = idle;
    return abandoned;
  }
}
