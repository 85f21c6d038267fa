package dev.confab.chat.schema;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/**
 * Work that comes round again and again, each kind on a thread of its own, until the service ends.
 */
@ApplicationScoped
public class Rounds {
  /** One round. */
  public interface Round {
    /** What fails is logged, and tried again in the next round. */
    void run() throws Exception;
  }

  private static final Logger LOG = Logger.getLogger(Rounds.class);

  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

  /** Runs a round, pauses, and so on. */
  public void every(String name, Duration pause, Round round) {
    threads.add(Thread.ofVirtual().name(name).start(() -> goRound(name, pause, round)));
  }

  void stop(@Observes ShutdownEvent ignored) {
    threads.forEach(Thread::interrupt);
  }

  private static void goRound(String name, Duration pause, Round round) {
    while (true) {
      try {
        round.run();
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        LOG.warnf("event=round_failed round=%s error=%s", name, e.toString());
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
