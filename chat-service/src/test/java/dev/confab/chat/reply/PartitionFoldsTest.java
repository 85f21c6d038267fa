package dev.confab.chat.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import dev.confab.contracts.ai.ReplyRecord.ReplyDelta;
import dev.confab.contracts.ai.ReplyRecord.ReplyFenced;
import dev.confab.contracts.ai.ReplyRecord.ReplyStarted;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class PartitionFoldsTest {
  private final RunningReplies running = new RunningReplies(new SimpleMeterRegistry());
  private final PartitionFolds folds = new PartitionFolds(running);

  private void start(long offset, String message) {
    folds.apply(offset, offset, new ReplyStarted("c", message, 1, "r"));
  }

  private FoldResult complete(long offset, String message, int length) {
    var record = new ReplyCompleted("c", message, 1, "r", length, null, null, "stop", null);
    return folds.apply(offset, offset, record).orElse(null);
  }

  @Test
  void offsetsWaitForTheOldestRunningReply() {
    start(10, "a");
    start(11, "b");
    folds.skip(12);
    assertThat(folds.committable()).isEqualTo(10);

    assertThat(complete(13, "a", 0)).isInstanceOf(FoldResult.Completed.class);
    assertThat(folds.committable()).isEqualTo(11);

    complete(14, "b", 0);
    assertThat(folds.committable()).isEqualTo(15);
    assertThat(running.all(s -> true)).isEmpty();
  }

  @Test
  void whatCountsForNothingHoldsNothingBack() {
    folds.apply(5, 5, new ReplyDelta("c", "a", 1, "r", 0, "lost"));

    assertThat(folds.committable()).isEqualTo(6);
    assertThat(complete(6, "a", 4)).isNull();
  }

  @Test
  void aFenceEndsEvenWhatNeverBeganAndNothingFollows() {
    var ended = folds.apply(1, 1, new ReplyFenced("c", "a", 1, true)).orElseThrow();

    assertThat(ended).isEqualTo(new FoldResult.Fenced("c", "a", ""));
    start(2, "a");
    assertThat(folds.committable()).isEqualTo(3);
    assertThat(folds.apply(3, 3, new ReplyFenced("c", "a", 1, true))).isEmpty();
  }

  @Test
  void aTakeoverKeepsTheText() {
    start(1, "a");
    folds.apply(2, 2, new ReplyDelta("c", "a", 1, "r", 0, "so far"));

    var reopened = folds.apply(3, 3, new ReplyFenced("c", "a", 1, false)).orElseThrow();

    assertThat(reopened).isEqualTo(new FoldResult.Reopened("c", "a", 2, "so far"));
    assertThat(folds.committable()).isEqualTo(1);
  }

  @Test
  void whatNobodyWaitsForIsDropped() {
    start(1, "a");
    start(2, "b");

    folds.dropBefore(2);

    assertThat(folds.committable()).isEqualTo(2);
    assertThat(running.all(s -> true))
        .extracting(RunningReplies.Seen::messageId)
        .containsExactly("b");
  }
}
