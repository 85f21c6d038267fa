package dev.confab.ai.reply;

import dev.confab.ai.AiConfig;
import dev.confab.ai.provider.LlmClient;
import dev.confab.ai.runner.Runner;
import dev.confab.contracts.ai.CompletionRequested;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The replies that run here. */
@ApplicationScoped
public class Replies {
  private static final Logger LOG = Logger.getLogger(Replies.class);
  private static final long TICK_MS = 50;

  /** What becomes of a reply's start and end; called on any thread, must not block. */
  public interface Listener {
    /** Its {@code ReplyStarted} is on the stream. */
    void started();

    /** Its {@code ReplyStarted} could not be written; the request is to be tried anew. */
    void notStarted();

    /** It takes no more room. */
    void ended();
  }

  private final Plan.Maker plans;
  private final Reply.Surroundings surroundings;
  private final StreamWriter writer;
  private final Runner runner;
  private final int maxShownChars;
  private final Map<String, Reply> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("reply-clock").daemon().factory());

  Replies(
      AiConfig config,
      Plan.Maker plans,
      LlmClient llm,
      StreamWriter writer,
      Journal journal,
      Runner runner,
      MeterRegistry metrics) {
    this.plans = plans;
    this.surroundings =
        new Reply.Surroundings(llm, journal, Limits.of(config.replies(), config.tools()));
    this.writer = writer;
    this.runner = runner;
    this.maxShownChars = config.tools().maxShownChars();
    metrics.gaugeMapSize("confab.ai.replies.running", java.util.List.of(), running);
  }

  void start(@Observes StartupEvent ignored) {
    clock.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  /** Starts an attempt; an earlier one of the same reply ends. Not for event loops. */
  public void run(CompletionRequested request, Listener listener) {
    Plan plan = plans.of(request);
    Reply[] self = new Reply[1];
    Output output =
        new ReplyOutput(plan.request(), runner.id(), maxShownChars, writer, relay(self, listener));
    start(plan, output, self, listener::ended);
  }

  /**
   * Has a request answered that no conversation waits for, under the same rules. Not for event
   * loops.
   *
   * @return completes by the request's deadline; empty if nobody answers
   */
  public CompletableFuture<Optional<WholeAnswer>> answer(CompletionRequested request) {
    WholeOutput output = new WholeOutput();
    start(plans.of(request), output, new Reply[1], output::abandon);
    return output.answer();
  }

  private void start(Plan plan, Output output, Reply[] self, Runnable end) {
    String messageId = plan.request().messageId();
    Runnable onEnd =
        () -> {
          running.remove(messageId, self[0]);
          end.run();
        };
    self[0] = new Reply(plan, plan.question(), output, surroundings, onEnd);
    Reply earlier = running.put(messageId, self[0]);
    if (earlier != null) {
      earlier.cancel();
    }
    self[0].start();
  }

  private static ReplyOutput.Listener relay(Reply[] reply, Listener listener) {
    return new ReplyOutput.Listener() {
      @Override
      public void started() {
        listener.started();
      }

      @Override
      public void notStarted() {
        reply[0].cancel();
        listener.notStarted();
      }

      @Override
      public void lost(int offset) {
        reply[0].lost(offset);
      }
    };
  }

  /** Ends this and earlier attempts at a reply, wherever they are. */
  public void cancel(String messageId, int attempt) {
    Reply reply = running.get(messageId);
    if (reply != null && reply.attempt() <= attempt) {
      reply.cancel();
    }
  }

  /** How many run now. */
  public int count() {
    return running.size();
  }

  private void tick() {
    long now = System.nanoTime();
    for (Reply reply : running.values()) {
      try {
        reply.tick(now);
      } catch (RuntimeException e) {
        LOG.error("event=reply_clock_failed", e);
      }
    }
  }

  /** Hangs up on all providers. */
  public void stop() {
    clock.shutdownNow();
    running.values().forEach(Reply::abort);
  }
}
