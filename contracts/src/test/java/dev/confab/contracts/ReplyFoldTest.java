package dev.confab.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.ai.ReplyFold;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import dev.confab.contracts.ai.ReplyRecord.ReplyDelta;
import dev.confab.contracts.ai.ReplyRecord.ReplyFenced;
import dev.confab.contracts.ai.ReplyRecord.ReplyStarted;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolCalled;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolResult;
import org.junit.jupiter.api.Test;

class ReplyFoldTest {
  private final ReplyFold fold = new ReplyFold();

  private static ReplyStarted started(int attempt, String runner) {
    return new ReplyStarted("c", "m", attempt, runner);
  }

  private static ReplyDelta delta(int attempt, String runner, int offset, String text) {
    return new ReplyDelta("c", "m", attempt, runner, offset, text);
  }

  private static ReplyFenced fenced(int attempt, boolean ends) {
    return new ReplyFenced("c", "m", attempt, ends);
  }

  private static ReplyCompleted completed(int attempt, String runner, int length) {
    return new ReplyCompleted("c", "m", attempt, runner, length, null, null, "stop", null);
  }

  @Test
  void nextAttemptGoesOnWhereTheTextStands() {
    fold.apply(started(1, "a"));
    fold.apply(delta(1, "a", 0, "Once "));

    assertThat(fold.apply(fenced(1, false))).isEqualTo(new ReplyFold.Step.Reopened(2));
    fold.apply(delta(1, "a", 5, "lost"));
    fold.apply(started(2, "b"));
    fold.apply(delta(2, "b", 5, "upon"));

    assertThat(fold.text()).isEqualTo("Once upon");
    assertThat(fold.runner()).isEqualTo("b");
  }

  @Test
  void onlyTheOwnersToolsAreShownAndTheTextStaysAsItIs() {
    var called = new ReplyToolCalled("c", "m", 1, "a", "t1", "clock", "{}");
    fold.apply(started(1, "a"));
    fold.apply(delta(1, "a", 0, "Let me see. "));

    assertThat(fold.apply(called)).isEqualTo(new ReplyFold.Step.ToolUsed(called));
    assertThat(fold.apply(new ReplyToolCalled("c", "m", 1, "b", "t1", "clock", "{}")))
        .isEqualTo(new ReplyFold.Step.Ignored());
    fold.apply(fenced(1, false));
    assertThat(fold.apply(new ReplyToolResult("c", "m", 1, "a", "t1", true, "noon")))
        .isEqualTo(new ReplyFold.Step.Ignored());
    assertThat(fold.text()).isEqualTo("Let me see. ");
  }

  @Test
  void endingFenceCountsWhicheverAttemptItNames() {
    fold.apply(started(1, "a"));
    fold.apply(fenced(1, false));
    fold.apply(started(2, "b"));
    fold.apply(delta(2, "b", 0, "said"));

    assertThat(fold.apply(fenced(1, true))).isEqualTo(new ReplyFold.Step.Ended());
    assertThat(fold.apply(delta(2, "b", 4, " more"))).isEqualTo(new ReplyFold.Step.Ignored());
    assertThat(fold.text()).isEqualTo("said");
  }

  @Test
  void completionWithLostCharactersIsNotWhole() {
    fold.apply(started(1, "a"));
    fold.apply(delta(1, "a", 3, "gone before it"));

    assertThat(fold.apply(completed(1, "a", 17)))
        .isEqualTo(new ReplyFold.Step.Completed(completed(1, "a", 17), false));
  }

  @Test
  void textBeyondTheLimitDoesNotCount() {
    fold.apply(started(1, "a"));
    fold.apply(delta(1, "a", 0, "x".repeat(ReplyFold.MAX_LENGTH)));

    assertThat(fold.apply(delta(1, "a", ReplyFold.MAX_LENGTH, "y")))
        .isEqualTo(new ReplyFold.Step.Ignored());
    assertThat(fold.length()).isEqualTo(ReplyFold.MAX_LENGTH);
  }
}
