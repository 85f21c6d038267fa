package dev.confab.localstack.demollm;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One answer on its way, token by token; everything runs on the event loop of its socket. */
final class StreamedAnswer {
  private static final long WAIT_FOR_SLOW_READER_MS = 5;

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final Plan plan;
  private final Ledger.Running running;
  private final Chunks chunks;
  private long beginNanos;
  private int said;

  StreamedAnswer(Vertx vertx, HttpServerResponse response, Plan plan, Ledger.Running running) {
    this.vertx = vertx;
    this.response = response;
    this.plan = plan;
    this.running = running;
    this.chunks = new Chunks(running.id(), plan.request().model());
  }

  /** How many tokens have left. */
  int said() {
    return said;
  }

  void begin() {
    response.putHeader("Content-Type", "text/event-stream; charset=utf-8");
    response.putHeader("Cache-Control", "no-cache");
    response.setChunked(true);
    response.write(chunks.role());
    beginNanos = System.nanoTime();
    sayWhatIsDue();
  }

  private void sayWhatIsDue() {
    if (response.closed() || response.ended()) {
      return;
    }
    long now = System.nanoTime();
    while (said < plan.tokensToSay() && dueNanos(said) <= now && !response.writeQueueFull()) {
      say(plan.tokens().get(said));
    }
    if (said < plan.tokensToSay()) {
      vertx.setTimer(millisUntil(dueNanos(said)), timer -> sayWhatIsDue());
    } else {
      finish();
    }
  }

  private void say(String token) {
    said++;
    if (plan.trouble().malformed() != null && plan.trouble().malformed() == said) {
      response.write(chunks.malformed());
      return;
    }
    boolean stamped = Boolean.TRUE.equals(plan.trouble().stamp());
    response.write(chunks.content(stamped ? stamp() + token : token));
  }

  private void finish() {
    if (plan.trouble().cut() != null && said >= plan.trouble().cut()) {
      running.troubled(said);
      response.reset();
    } else if (plan.trouble().stall() == null || said < plan.trouble().stall()) {
      complete();
    }
    // A stalled answer stays as it is until the client gives up.
  }

  private void complete() {
    if (plan.toolWish() != null) {
      response.write(chunks.toolCall(running.id(), plan.toolWish()));
      response.write(chunks.toolArguments(plan.toolWish()));
    }
    response.write(chunks.finish(plan.finishReason()));
    if (plan.request().includeUsage()) {
      response.write(chunks.usage(plan.usage(said)));
    }
    running.completed(said);
    response.end(Chunks.DONE);
  }

  private long dueNanos(int token) {
    return beginNanos + token * plan.intervalNanos();
  }

  private static long millisUntil(long nanos) {
    long left = nanos - System.nanoTime();
    return left <= 0 ? WAIT_FOR_SLOW_READER_MS : Math.max(1, Math.round(left / 1e6));
  }

  private static String stamp() {
    return "~t" + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) + "~";
  }
}
