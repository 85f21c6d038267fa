package dev.confab.ai.reply;

import dev.confab.ai.provider.Target;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.chat.Usage;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Tells logs and metrics of calls to providers: names, counts and times, never a text. */
@ApplicationScoped
public class Journal {
  private static final Logger LOG = Logger.getLogger("llm");

  private final MeterRegistry metrics;

  Journal(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  void callStarted(CompletionRequested request, Target target, boolean tools) {
    LOG.infof(
        "event=llm_request provider=%s model=%s conversation=%s reply=%s attempt=%d turns=%d"
            + " tools=%s",
        target.provider().name(),
        target.model(),
        request.conversationId(),
        request.messageId(),
        request.attempt(),
        request.turns().size(),
        tools);
  }

  /** The first token of a call came this long after its request. */
  void firstToken(Target target, long nanos) {
    metrics
        .timer("confab.ai.first.token", "provider", target.provider().name())
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * A call ended.
   *
   * @param firstToken null if none came
   * @param usage null if the provider counted nothing
   * @param outcome {@code stop}, {@code length}, {@code tool}, {@code cancelled}, {@code shutdown}
   *     or a failure's label
   */
  void callEnded(
      CompletionRequested request,
      Target target,
      Duration took,
      Duration firstToken,
      Usage usage,
      String outcome) {
    String provider = target.provider().name();
    metrics.counter("confab.ai.calls", "provider", provider, "outcome", outcome).increment();
    metrics.timer("confab.ai.call", "provider", provider).record(took);
    if (usage != null) {
      metrics
          .counter("confab.ai.tokens", "provider", provider, "kind", "prompt")
          .increment(usage.promptTokens());
      metrics
          .counter("confab.ai.tokens", "provider", provider, "kind", "completion")
          .increment(usage.completionTokens());
    }
    LOG.infof(
        "event=llm_request_ended provider=%s model=%s reply=%s attempt=%d ms=%d first_token_ms=%s"
            + " prompt_tokens=%s completion_tokens=%s outcome=%s",
        provider,
        target.model(),
        request.messageId(),
        request.attempt(),
        took.toMillis(),
        firstToken == null ? "-" : Long.toString(firstToken.toMillis()),
        usage == null ? "-" : Integer.toString(usage.promptTokens()),
        usage == null ? "-" : Integer.toString(usage.completionTokens()),
        outcome);
  }

  void replyEnded(CompletionRequested request, String outcome) {
    metrics.counter("confab.ai.replies", "outcome", outcome).increment();
    LOG.infof(
        "event=reply_ended conversation=%s reply=%s attempt=%d outcome=%s",
        request.conversationId(), request.messageId(), request.attempt(), outcome);
  }
}
