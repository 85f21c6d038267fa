package dev.confab.ai.reply;

import dev.confab.ai.AiConfig;
import dev.confab.ai.provider.LlmClient;
import dev.confab.ai.provider.Providers;
import dev.confab.ai.runner.Runner;
import dev.confab.contracts.ai.CompletionRequested;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
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

  private final AiConfig.Replies config;
  private final Providers providers;
  private final LlmClient llm;
  private final StreamWriter writer;
  private final Journal journal;
  private final Runner runner;
  private final Limits limits;
  private final Map<String, Reply> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("reply-clock").daemon().factory());

  Replies(
      AiConfig config,
      Providers providers,
      LlmClient llm,
      StreamWriter writer,
      Journal journal,
      Runner runner,
      MeterRegistry metrics) {
    this.config = config.replies();
    this.providers = providers;
    this.llm = llm;
    this.writer = writer;
    this.journal = journal;
    this.runner = runner;
    this.limits = Limits.of(config.replies());
    metrics.gaugeMapSize("confab.ai.replies.running", java.util.List.of(), running);
  }

  void start(@Observes StartupEvent ignored) {
    clock.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  /** Starts an attempt; an earlier one of the same reply ends. */
  public void run(CompletionRequested request, Listener listener) {
    Plan plan = Plan.of(request, config, providers);
    Reply[] self = new Reply[1];
    ReplyOutput output =
        new ReplyOutput(plan.request(), runner.id(), writer, relay(self, listener));
    Runnable onEnd =
        () -> {
          running.remove(request.messageId(), self[0]);
          listener.ended();
        };
    self[0] = new Reply(plan, output, llm, journal, limits, onEnd);
    Reply earlier = running.put(request.messageId(), self[0]);
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
