package dev.confab.chat.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.reply.FenceRequest.Purpose;
import dev.confab.chat.reply.ReplyState.Queued;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final FenceRequest STOP = new FenceRequest(Purpose.STOP, "k1", "g", "c");
  private static final FenceRequest DELETE =
      new FenceRequest(Purpose.DELETE_MESSAGE, "k2", "g", "c");

  private final Reply queued =
      new Reply(
          UUID.randomUUID(),
          UUID.randomUUID(),
          UUID.randomUUID(),
          7,
          "default",
          null,
          "u1",
          0,
          NOW,
          NOW.plusSeconds(60),
          new Queued());

  @Test
  void itIsQueuedThenRunsThenEnds() {
    Reply running = queued.open(8, NOW);

    assertThat(queued.isQueued()).isTrue();
    assertThat(running.running().openedSeq()).isEqualTo(8);
    assertThat(running.running().attempt()).isEqualTo(1);
    assertThat(running.reopened(2).running().attempt()).isEqualTo(2);
    assertThat(running.ended().isRunning()).isFalse();
  }

  @Test
  void fenceRequestsKeepTheirOrderAndTheFirstOnesTime() {
    Reply fenced =
        queued.open(8, NOW).fenced(STOP, NOW.plusSeconds(1)).fenced(DELETE, NOW.plusSeconds(2));

    assertThat(fenced.running().requests()).containsExactly(STOP, DELETE);
    assertThat(fenced.running().fencedAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(fenced.reopened(2).running().requests()).containsExactly(STOP, DELETE);
  }

  @Test
  void noStateIsSkippedOrLeftTwice() {
    assertThatThrownBy(() -> queued.fenced(STOP, NOW)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> queued.open(8, NOW).open(9, NOW))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> queued.ended().open(9, NOW)).isInstanceOf(IllegalStateException.class);
  }
}
