package dev.confab.systemtests.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.delivery.History;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The check itself: it tells the ends of turns apart and names each breach. */
class TurnCheckTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private static TurnCheck check(Log log) {
    return check(log.history());
  }

  private static TurnCheck check(History history) {
    return TurnCheck.of(history, DEADLINE);
  }

  private static void assertEnd(Log log, EndState state) {
    TurnCheck check = check(log);
    assertThat(check.breaches()).isEmpty();
    assertThat(check.states()).containsEntry("t", state);
  }

  private static void assertBreach(Log log, String named) {
    assertThat(check(log).breaches()).anyMatch(breach -> breach.contains(named));
  }

  @Test
  void a_whole_answer_is_an_end() {
    assertEnd(new Log().turn("t").after(2).reply("r", "t", "complete", "Hi."), EndState.ANSWERED);
  }

  @Test
  void an_answer_cut_short_by_a_claim_is_an_end() {
    assertEnd(
        new Log().turn("t").after(2).reply("r", "t", "stopped", "I thi").handoff("operator"),
        EndState.ANSWERED);
  }

  @Test
  void a_claim_before_the_first_word_is_a_hand_over() {
    assertEnd(
        new Log().turn("t").reply("r", "t", "stopped", "").handoff("operator"),
        EndState.HANDED_OVER);
  }

  @Test
  void a_queued_turn_is_handed_over() {
    assertEnd(new Log().turn("t").after(59).handoff("waiting"), EndState.HANDED_OVER);
  }

  @Test
  void what_is_said_to_a_person_is_with_a_person() {
    assertEnd(new Log().handoff("operator").turn("t"), EndState.WITH_A_PERSON);
  }

  @Test
  void what_is_said_in_the_queue_is_with_a_person() {
    assertEnd(new Log().handoff("waiting").turn("t"), EndState.WITH_A_PERSON);
  }

  @Test
  void an_honest_sentence_is_an_end() {
    assertEnd(new Log().turn("t").after(20).fallback("f", "t", "Sorry."), EndState.DECLINED);
  }

  @Test
  void a_close_is_an_end() {
    assertEnd(new Log().turn("t").handoff("none"), EndState.CLOSED);
  }

  @Test
  void each_turn_has_its_own_end() {
    TurnCheck check =
        check(
            new Log()
                .turn("t1")
                .turn("t2")
                .reply("r", "t1", "stopped", "It is")
                .handoff("waiting")
                .turn("t3")
                .handoff("operator")
                .operator("o")
                .handoff("assistant")
                .turn("t4")
                .reply("r4", "t4", "complete", "Yes."));
    assertThat(check.breaches()).isEmpty();
    assertThat(check.states())
        .containsEntry("t1", EndState.ANSWERED)
        .containsEntry("t2", EndState.HANDED_OVER)
        .containsEntry("t3", EndState.WITH_A_PERSON)
        .containsEntry("t4", EndState.ANSWERED);
    assertThat(check.counts()).containsEntry(EndState.ANSWERED, 2);
  }

  @Test
  void a_turn_without_an_end_is_named() {
    assertBreach(new Log().turn("t"), "without an end");
  }

  @Test
  void a_turn_passed_over_is_named() {
    assertBreach(
        new Log().turn("t").turn("t2").reply("r", "t2", "complete", "Hi."), "without an end");
  }

  @Test
  void a_late_answer_is_named() {
    assertBreach(new Log().turn("t").after(61).reply("r", "t", "complete", "Hi."), "61000 ms");
  }

  @Test
  void a_late_hand_over_is_named() {
    assertBreach(new Log().turn("t").after(75).handoff("waiting"), "HANDED_OVER after 75000 ms");
  }

  @Test
  void a_late_sentence_is_named() {
    assertBreach(new Log().turn("t").after(90).fallback("f", "t", "Sorry."), "DECLINED after");
  }

  @Test
  void two_answers_are_named() {
    assertBreach(
        new Log().turn("t").reply("r", "t", "complete", "Hi.").reply("s", "t", "complete", "Hi!"),
        "2 answers at a time");
  }

  @Test
  void an_answer_and_an_apology_are_named() {
    assertBreach(
        new Log().turn("t").reply("r", "t", "complete", "Hi.").fallback("f", "t", "Sorry."),
        "2 answers at a time");
  }

  @Test
  void what_a_claim_interrupted_is_answered_when_it_is_handed_back() {
    assertEnd(
        new Log()
            .turn("t")
            .reply("r", "t", "stopped", "I thi")
            .handoff("operator")
            .after(100)
            .handoff("assistant")
            .reply("s", "t", "complete", "I think so."),
        EndState.ANSWERED);
  }

  @Test
  void what_nobody_answered_is_answered_when_it_is_handed_back() {
    Log log = new Log().handoff("operator").turn("t").after(100).handoff("assistant");
    assertBreach(log, "without an end");
    assertEnd(log.after(5).reply("r", "t", "complete", "Yes."), EndState.ANSWERED);
  }

  @Test
  void what_a_person_answered_may_rest_when_it_is_handed_back() {
    assertEnd(
        new Log().handoff("operator").turn("t").operator("o").handoff("assistant"),
        EndState.WITH_A_PERSON);
  }

  @Test
  void a_late_answer_after_a_hand_back_is_named() {
    assertBreach(
        new Log()
            .handoff("operator")
            .turn("t")
            .handoff("assistant")
            .after(70)
            .reply("r", "t", "complete", "Yes."),
        "ANSWERED after 70000 ms");
  }

  @Test
  void an_answer_to_what_was_answered_is_named() {
    assertBreach(
        new Log()
            .turn("t")
            .reply("r", "t", "complete", "Hi.")
            .handoff("operator")
            .handoff("assistant")
            .reply("s", "t", "complete", "Hi!"),
        "nobody waited for");
  }

  @Test
  void an_endless_reply_is_named() {
    assertBreach(new Log().turn("t").reply("r", "t", "streaming", "Hi"), "never ended");
  }

  @Test
  void the_ai_talking_over_a_person_is_named() {
    assertBreach(
        new Log().turn("t").handoff("operator").reply("r", "t", "complete", "Hi."),
        "talks while the owner is operator");
  }

  @Test
  void the_ai_talking_into_the_queue_is_named() {
    assertBreach(
        new Log().handoff("waiting").turn("t").reply("r", "t", "complete", "Hi."),
        "talks while the owner is waiting");
  }

  @Test
  void a_reply_that_ends_after_the_claim_is_named() {
    assertBreach(
        new Log()
            .turn("t")
            .reply("r", "t", "stopped", "Hi")
            .but("changed_seq", 4)
            .skip(-1)
            .handoff("operator")
            .skip(1),
        "ends after the owner changed");
  }

  @Test
  void an_epoch_that_does_not_grow_is_named() {
    assertBreach(new Log().handoff("waiting").handoff("operator", 1), "epoch 1 after 1");
  }

  @Test
  void a_change_that_left_no_message_is_named() {
    assertBreach(new Log().handoff("waiting").handoff("operator", 3), "epoch 3 after 1");
    assertThat(check(new Log().handoff("waiting").historyOwnedBy("operator")).breaches())
        .anyMatch(breach -> breach.contains("the owner is"));
  }

  @Test
  void an_impossible_change_is_named() {
    assertBreach(new Log().handoff("none").handoff("assistant"), "from none to assistant");
  }

  @Test
  void a_turn_after_the_end_is_named() {
    assertBreach(new Log().handoff("none").turn("t"), "stored after the end");
  }

  @Test
  void a_change_that_says_nothing_is_named() {
    assertBreach(new Log().handoff("waiting").but("content", ""), "without a sentence");
    assertBreach(
        new Log()
            .handoff("waiting")
            .but("handoff", java.util.Map.of("owner", "waiting", "epoch", 1)),
        "without a reason");
  }

  @Test
  void a_sentence_that_says_nothing_is_named() {
    assertBreach(new Log().turn("t").fallback("f", "t", " "), "says nothing");
  }
}
