package dev.confab.chat.reply;

import dev.confab.chat.message.MessageStatus;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.message.ReplyText;
import dev.confab.chat.reply.FenceRequest.Purpose;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import java.util.List;

/** What a reply says in the end, and what its end is called. What was said always stays. */
final class ReplyEnding {
  private static final String FAILED = "failed";
  private static final String INTERRUPTED = "interrupted";

  private ReplyEnding() {}

  static ReplyText of(FoldResult.Completed result) {
    ReplyCompleted completion = result.completion();
    boolean failed = FAILED.equals(completion.reason()) || !result.whole();
    if (result.text().isBlank() && completion.handOver() != null) {
      return passedOn(completion);
    }
    if (result.text().isBlank()) {
      return fallback(completion.error());
    }
    return new ReplyText(
        MessageText.storable(result.text()),
        failed ? MessageStatus.INTERRUPTED : MessageStatus.COMPLETE,
        failed ? INTERRUPTED : reason(completion),
        false,
        completion.model(),
        completion.usage());
  }

  /** The model said nothing but that a person shall go on. */
  private static ReplyText passedOn(ReplyCompleted completion) {
    return new ReplyText(
        "I am passing this on to a person.",
        MessageStatus.COMPLETE,
        reason(completion),
        false,
        completion.model(),
        completion.usage());
  }

  private static String reason(ReplyCompleted completion) {
    return completion.reason() == null ? "stop" : completion.reason();
  }

  static ReplyText of(FoldResult.Fenced result, List<FenceRequest> requests) {
    boolean wanted = requests.stream().anyMatch(r -> r.purpose() != Purpose.TIME_OUT);
    if (!wanted && result.text().isBlank()) {
      return fallback(null);
    }
    return new ReplyText(
        MessageText.storable(result.text()),
        wanted ? MessageStatus.STOPPED : MessageStatus.INTERRUPTED,
        wanted ? "stopped" : INTERRUPTED,
        false,
        null,
        null);
  }

  /** Nothing was said, and nobody wants to hear it any more. */
  static ReplyText stopped() {
    return new ReplyText("", MessageStatus.STOPPED, "stopped", false, null, null);
  }

  /** An honest sentence in place of an answer. */
  static ReplyText fallback(ErrorCode error) {
    return new ReplyText(sentence(error), MessageStatus.FAILED, FAILED, true, null, null);
  }

  private static String sentence(ErrorCode error) {
    return switch (error) {
      case RATE_LIMITED ->
          "The assistant could not answer: it is asked too much right now. Please try again later.";
      case BUDGET_EXCEEDED ->
          "The assistant could not answer: the budget for its answers is used up.";
      case null, default ->
          "The assistant could not answer this time. Please try again in a moment.";
    };
  }
}
