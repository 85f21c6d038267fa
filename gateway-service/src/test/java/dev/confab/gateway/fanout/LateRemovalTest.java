package dev.confab.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Participant;
import dev.confab.contracts.chat.Settings;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever is removed is out, wherever their connection stands in its join. */
class LateRemovalTest {
  private static final Frame.Whole FRAME = new Frame.Whole(Buffer.buffer("{\"type\":\"x\"}"));

  /** Keeps what it hears. */
  private static final class Ear implements Sequencer.Listener {
    private final List<Object> heard = new ArrayList<>();

    @Override
    public void change(Frame.Whole frame) {
      heard.add(frame);
    }

    @Override
    public void text(Frame.Text text) {
      heard.add(text);
    }

    @Override
    public void participants(List<Participant> participants) {
      heard.add(participants);
    }

    @Override
    public void removed(List<String> userIds) {
      heard.add(userIds);
    }

    @Override
    public void overrun() {
      heard.add("overrun");
    }
  }

  private static final class Nowhere implements Sequencer.Source {
    @Override
    public void pull(long afterSeq, String history) {}

    @Override
    public void readText(String messageId) {}

    @Override
    public void restart() {}
  }

  private final Sequencer sequencer = new Sequencer("c", new Nowhere(), () -> 0);
  private final Ear there = new Ear();
  private final Ear coming = new Ear();

  private static Changes snapshot(long upTo) {
    var conversation =
        new Conversation(
            "c",
            "room",
            null,
            "member",
            0,
            null,
            null,
            null,
            null,
            Settings.DEFAULTS,
            null,
            300,
            upTo,
            "h",
            null,
            false,
            true,
            Instant.EPOCH,
            Instant.EPOCH);
    return new Changes(conversation, true, null, List.of(), null, upTo, false, false);
  }

  @Test
  void removalWhileJoiningIsToldAfterTheFrame() {
    var left = List.of(new Participant("other", "Other", "host", null));
    sequencer.join(there);
    sequencer.settle(there, snapshot(5));
    sequencer.join(coming);

    sequencer.relayed(Change.conversation(6, () -> left, FRAME));
    assertThat(coming.heard).isEmpty();
    sequencer.settle(coming, snapshot(5));

    assertThat(there.heard).containsExactly(FRAME, left);
    assertThat(coming.heard).containsExactly(FRAME, left);
  }

  @Test
  void whatTheSnapshotKnowsIsNotAppliedAgain() {
    sequencer.join(there);
    sequencer.settle(there, snapshot(5));
    sequencer.join(coming);

    sequencer.relayed(Change.conversation(6, () -> List.of(), FRAME));
    sequencer.settle(coming, snapshot(6));

    assertThat(coming.heard).isEmpty();
  }

  @Test
  void inABigRoomTheRemovedAreNamed() {
    sequencer.join(there);
    sequencer.settle(there, snapshot(5));

    sequencer.relayed(Change.conversation(6, () -> null, List.of("u"), FRAME));
    sequencer.relayed(Change.conversation(7, () -> null, FRAME));

    assertThat(there.heard).containsExactly(FRAME, List.of("u"), FRAME);
  }
}
