package dev.confab.ai.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetTrackerTest {
  private final OffsetTracker tracker = new OffsetTracker();

  @Test
  void movesToTheFirstThatIsNotSettled() {
    tracker.opened(5);
    tracker.opened(6);
    tracker.opened(9);
    tracker.settled(6);
    assertThat(tracker.advance()).isEqualTo(5);

    tracker.settled(5);

    assertThat(tracker.advance()).isEqualTo(9);
    tracker.settled(9);
    assertThat(tracker.advance()).isEqualTo(10);
  }

  @Test
  void saysNothingWhileNothingMoved() {
    assertThat(tracker.advance()).isEqualTo(-1);
    tracker.opened(5);
    tracker.settled(5);
    assertThat(tracker.advance()).isEqualTo(6);

    assertThat(tracker.advance()).isEqualTo(-1);
  }

  @Test
  void repeatsAPositionWhoseCommitFailed() {
    tracker.opened(5);
    tracker.settled(5);
    assertThat(tracker.advance()).isEqualTo(6);

    tracker.commitFailed();

    assertThat(tracker.advance()).isEqualTo(6);
  }
}
