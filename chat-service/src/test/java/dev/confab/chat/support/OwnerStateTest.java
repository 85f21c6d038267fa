package dev.confab.chat.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.support.HandOverAsked.Party;
import dev.confab.chat.support.HandOverAsked.Words;
import dev.confab.chat.support.Verdict.Moves;
import dev.confab.chat.support.Verdict.Refused;
import dev.confab.chat.support.Verdict.Stays;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.HandOverAction;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerStateTest {
  private final OwnerState assistant = new OwnerState.Assistant();
  private final OwnerState waiting = new OwnerState.Waiting();
  private final OwnerState graces = new OwnerState.Operator("grace", "Grace");
  private final OwnerState closed = new OwnerState.Closed();

  private static HandOverAsked asked(HandOverAction action, Party by, String user) {
    return new HandOverAsked(action, by, user, user, null, null, null, null);
  }

  private static HandOverAsked operator(HandOverAction action, String user) {
    return asked(action, Party.OPERATOR, user);
  }

  private static HandOverAsked transfer(String by, String to) {
    return new HandOverAsked(
        HandOverAction.TRANSFER, Party.OPERATOR, by, by, to, "Linus", null, null);
  }

  private static OwnerState after(Verdict verdict) {
    return ((Moves) verdict).to();
  }

  private static ErrorCode code(Verdict verdict) {
    return ((Refused) verdict).code();
  }

  @Test
  void whoeverAsksWhileTheAssistantAnswersGetsAPerson() {
    Verdict byVisitor = assistant.asked(asked(HandOverAction.REQUEST, Party.VISITOR, "v"));
    Verdict byUs = assistant.asked(HandOverAsked.request(HandOverReasons.ASSISTANT_FAILED));
    Verdict byOperator = assistant.asked(operator(HandOverAction.REQUEST, "grace"));

    assertThat(byVisitor).isEqualTo(new Moves(waiting, "visitor_asked"));
    assertThat(byUs).isEqualTo(new Moves(waiting, "assistant_failed"));
    assertThat(byOperator).isEqualTo(new Moves(waiting, "released"));
  }

  @Test
  void askingAgainChangesNothing() {
    HandOverAsked again = asked(HandOverAction.REQUEST, Party.VISITOR, "v");

    assertThat(waiting.asked(again)).isInstanceOf(Stays.class);
    assertThat(graces.asked(again)).isInstanceOf(Stays.class);
  }

  @Test
  void theFirstClaimWinsAndOthersAreToldWhoHasIt() {
    HandOverAsked claim = operator(HandOverAction.CLAIM, "grace");
    HandOverAsked late = operator(HandOverAction.CLAIM, "linus");

    assertThat(after(assistant.asked(claim)).operatorId()).isEqualTo("grace");
    assertThat(after(waiting.asked(claim)).operatorId()).isEqualTo("grace");
    assertThat(graces.asked(claim)).isInstanceOf(Stays.class);
    assertThat(code(graces.asked(late))).isEqualTo(ErrorCode.CONFLICT);
    assertThat(((Refused) graces.asked(late)).detail()).contains("Grace");
    assertThat(code(graces.asked(asked(HandOverAction.CLAIM, Party.ADMIN, "root"))))
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void onlyItsOperatorOrAnAdminGivesItAway() {
    for (HandOverAction action : List.of(HandOverAction.RELEASE, HandOverAction.HAND_BACK)) {
      assertThat(code(graces.asked(operator(action, "linus")))).isEqualTo(ErrorCode.CONFLICT);
    }
    assertThat(graces.asked(operator(HandOverAction.RELEASE, "grace")))
        .isEqualTo(new Moves(waiting, "released"));
    assertThat(graces.asked(operator(HandOverAction.HAND_BACK, "grace")))
        .isEqualTo(new Moves(assistant, "handed_back"));
    assertThat(after(graces.asked(asked(HandOverAction.RELEASE, Party.ADMIN, "root"))))
        .isEqualTo(waiting);
    assertThat(graces.asked(HandOverAsked.release(HandOverReasons.OPERATOR_GONE)))
        .isEqualTo(new Moves(waiting, "operator_gone"));
  }

  @Test
  void aTransferNamesItsTargetAndComesFromItsOperator() {
    assertThat(after(graces.asked(transfer("grace", "linus"))))
        .isEqualTo(new OwnerState.Operator("linus", "Linus"));
    assertThat(graces.asked(transfer("grace", "grace"))).isInstanceOf(Stays.class);
    assertThat(code(graces.asked(transfer("linus", "linus")))).isEqualTo(ErrorCode.CONFLICT);
    assertThat(code(graces.asked(transfer("grace", null)))).isEqualTo(ErrorCode.INVALID_VALUE);
    assertThat(code(assistant.asked(transfer("grace", "linus")))).isEqualTo(ErrorCode.CONFLICT);
    assertThat(code(waiting.asked(transfer("grace", "linus")))).isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void aVisitorAsksForAPersonOrEndsItAndNothingElse() {
    for (OwnerState state : List.of(assistant, waiting, graces)) {
      for (HandOverAction action : HandOverAction.values()) {
        Verdict verdict = state.asked(asked(action, Party.VISITOR, "v"));
        if (action == HandOverAction.CLOSE) {
          assertThat(after(verdict)).isEqualTo(closed);
        } else if (action != HandOverAction.REQUEST) {
          assertThat(code(verdict)).isEqualTo(ErrorCode.FORBIDDEN);
        }
      }
    }
  }

  @Test
  void whatIsOverStaysOver() {
    assertThat(closed.asked(operator(HandOverAction.CLOSE, "grace"))).isInstanceOf(Stays.class);
    assertThat(code(closed.asked(operator(HandOverAction.CLAIM, "grace"))))
        .isEqualTo(ErrorCode.CONVERSATION_CLOSED);
    assertThat(code(closed.asked(asked(HandOverAction.REQUEST, Party.VISITOR, "v"))))
        .isEqualTo(ErrorCode.CONVERSATION_CLOSED);
    assertThat(code(graces.asked(operator(HandOverAction.CLOSE, "linus"))))
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void anOperatorsWordsAreAReasonAndAVisitorsAreNot() {
    var words =
        new HandOverAsked(
            HandOverAction.RELEASE, Party.OPERATOR, "grace", "Grace", null, null, "lunch", null);
    var visitors =
        new HandOverAsked(
            HandOverAction.REQUEST, Party.VISITOR, "v", "V", null, null, "<b>now</b>", null);
    var said =
        new HandOverAsked(
            HandOverAction.CLAIM,
            Party.OPERATOR,
            "grace",
            "Grace",
            null,
            null,
            null,
            new Words("c1", "hello", null));

    assertThat(((Moves) graces.asked(words)).reason()).isEqualTo("lunch");
    assertThat(((Moves) assistant.asked(visitors)).reason()).isEqualTo("visitor_asked");
    assertThat(((Moves) waiting.asked(said)).reason()).isEqualTo("operator_sent");
  }
}
