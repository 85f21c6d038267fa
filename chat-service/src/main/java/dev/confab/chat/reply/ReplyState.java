package dev.confab.chat.reply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where a reply stands; each state knows where it may go from there. */
public sealed interface ReplyState {
  /** Waiting for its turn. */
  record Queued() implements ReplyState {
    Running open(long openedSeq, Instant now) {
      return new Running(openedSeq, now, 1, false, List.of(), null);
    }
  }

  /**
   * Being written.
   *
   * @param openedSeq number of its birth
   * @param attempt that may write now
   * @param begun whether it is known to have said something
   * @param requests what is to be done, in order, once its fence was read back
   * @param fencedAt when a fence that ends it was written, or null
   */
  record Running(
      long openedSeq,
      Instant openedAt,
      int attempt,
      boolean begun,
      List<FenceRequest> requests,
      Instant fencedAt)
      implements ReplyState {
    public Running {
      requests = List.copyOf(requests);
    }

    Running fenced(FenceRequest request, Instant now) {
      List<FenceRequest> all = new ArrayList<>(requests);
      all.add(request);
      Instant since = fencedAt == null ? now : fencedAt;
      return new Running(openedSeq, openedAt, attempt, begun, all, since);
    }

    Running reopened(int nextAttempt) {
      return new Running(openedSeq, openedAt, nextAttempt, begun, requests, fencedAt);
    }
  }

  /** Over, whichever way. */
  record Ended() implements ReplyState {}
}
