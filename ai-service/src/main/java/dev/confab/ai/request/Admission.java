package dev.confab.ai.request;

import dev.confab.ai.control.Cancellations;
import dev.confab.ai.reply.Replies;
import dev.confab.ai.runner.Runner;
import dev.confab.contracts.ai.CompletionRequested;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Lets requests become running replies, off the consumer's thread. */
final class Admission {
  private static final Logger LOG = Logger.getLogger(Admission.class);

  /** A request on its way, with the offset it settles. */
  record Request(CompletionRequested content, OffsetTracker partition, long offset) {
    void settle() {
      partition.settled(offset);
    }
  }

  private final Runner runner;
  private final Replies replies;
  private final Cancellations cancellations;
  private final Slots slots;
  private final Consumer<Request> again;
  // Writing a long history as JSON takes its time, which no event loop has.
  private final Executor starters = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param again takes requests that could not be announced
   */
  Admission(
      Runner runner,
      Replies replies,
      Cancellations cancellations,
      Slots slots,
      Consumer<Request> again) {
    this.runner = runner;
    this.replies = replies;
    this.cancellations = cancellations;
    this.slots = slots;
    this.again = again;
  }

  /** Claims the request's attempt and starts it, without waiting for either. */
  void admit(Request request) {
    slots.take();
    CompletionRequested content = request.content();
    runner
        .claim(content.messageId(), content.attempt())
        .thenAcceptAsync(won -> start(request, won), starters)
        .exceptionally(
            failure -> {
              LOG.errorf(failure, "event=failed_message reply=%s", content.messageId());
              pass(request);
              return null;
            });
  }

  private void start(Request request, boolean won) {
    CompletionRequested content = request.content();
    if (!won || isCancelled(content)) {
      LOG.infof(
          "event=request_passed_over reply=%s attempt=%d claimed_elsewhere=%s",
          content.messageId(), content.attempt(), !won);
      pass(request);
      return;
    }
    replies.run(content, listener(request));
    if (isCancelled(content)) {
      // It may have come between the look above and the start.
      replies.cancel(content.messageId(), content.attempt());
    }
  }

  private boolean isCancelled(CompletionRequested content) {
    return cancellations.covers(content.messageId(), content.attempt());
  }

  private void pass(Request request) {
    request.settle();
    slots.release();
  }

  private Replies.Listener listener(Request request) {
    return new Replies.Listener() {
      @Override
      public void started() {
        request.settle();
      }

      @Override
      public void notStarted() {
        again.accept(request);
      }

      @Override
      public void ended() {
        slots.release();
      }
    };
  }
}
