package dev.confab.chat.support;

import dev.confab.chat.support.HandOverAsked.Party;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a change of who answers says to people; both sides read it. */
final class HandOverText {
  private static final DateTimeFormatter OPENING =
      DateTimeFormatter.ofPattern("EEEE, d MMMM, HH:mm (VV)", Locale.ENGLISH);

  private HandOverText() {}

  /** The sentence of a change, with what happens next. */
  static String of(OwnerState from, OwnerState to, HandOverAsked asked, Outlook outlook) {
    return switch (to) {
      case OwnerState.Assistant assistant -> "The assistant answers again.";
      case OwnerState.Waiting waiting -> why(from, asked) + ' ' + next(outlook);
      case OwnerState.Operator operator ->
          from.operatorName() == null
              ? operator.operatorName() + " has joined and answers from now on."
              : operator.operatorName() + " has taken over from " + from.operatorName() + '.';
      case OwnerState.Closed closed ->
          asked.by() == Party.VISITOR
              ? "The conversation was ended by the visitor."
              : "The conversation was closed.";
    };
  }

  private static String why(OwnerState from, HandOverAsked asked) {
    return switch (HandOverReasons.of(asked)) {
      case HandOverReasons.VISITOR_ASKED -> "A person was asked for.";
      case HandOverReasons.ASSISTANT_ASKED -> "The assistant has asked a person to go on.";
      case HandOverReasons.ASSISTANT_FAILED -> "The assistant cannot answer right now.";
      case HandOverReasons.UNANSWERED -> "There was no answer in time.";
      case HandOverReasons.OPERATOR_GONE ->
          OwnerState.Operator.named(from.operatorName()) + " is no longer connected.";
      default ->
          from.operatorName() == null
              ? "A person will go on."
              : from.operatorName() + " has left the conversation.";
    };
  }

  private static String next(Outlook outlook) {
    return switch (outlook) {
      case Outlook.Somebody somebody -> "Somebody of the team answers here soon.";
      case Outlook.Nobody nobody ->
          "Nobody of the team is here right now. What you write is kept, and somebody answers here"
              + " as soon as they are back.";
      case Outlook.Opens opens ->
          "The team is away until "
              + OPENING.format(opens.at())
              + ". What you write is kept, and somebody answers here then.";
    };
  }
}
