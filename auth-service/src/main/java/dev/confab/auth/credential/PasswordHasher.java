package dev.confab.auth.credential;

import dev.confab.auth.AuthConfig;
import dev.confab.auth.credential.Argon2Hash.Cost;
import dev.confab.auth.problem.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hashes and checks passwords on a few platform threads of its own: a hash is pure computation, and
 * on a virtual thread it would hold a carrier that all other requests share. Threads bound the
 * memory, the queue bounds the wait; what does not fit is told to come back.
 */
@ApplicationScoped
public class PasswordHasher {
  private static final int SALT_BYTES = 16;
  private static final int MOST_WORKERS = 4;
  private static final int LANES = 1;
  private static final Duration COME_BACK = Duration.ofSeconds(2);

  private final SecureRandom random = new SecureRandom();
  private final Cost cost;
  private final ThreadPoolExecutor workers;
  private final Argon2Hash nobodys;

  @Inject
  PasswordHasher(AuthConfig config) {
    this(config.password());
  }

  PasswordHasher(AuthConfig.Password config) {
    cost = new Cost(config.memoryKib(), config.iterations(), LANES);
    int threads =
        config.workers() > 0
            ? config.workers()
            : Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
    workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(config.queue()),
            Thread.ofPlatform().name("password-", 0).factory());
    workers.allowCoreThreadTimeOut(true);
    // Never matched: it stands in for the hash of an account that does not exist.
    nobodys = new Argon2Hash(cost, newSalt(), new byte[32]);
  }

  /** Hashes a new password. */
  public String hash(String password) {
    return onWorker(() -> Argon2Hash.of(password, cost, newSalt()).written());
  }

  /**
   * Whether this is the password of that hash. With no hash ({@code null}) the answer is no, after
   * the same work, so that time does not tell who has an account.
   */
  public boolean matches(String password, String written) {
    var hash = written == null ? nobodys : Argon2Hash.parse(written).orElse(nobodys);
    return onWorker(() -> hash.matches(password)) && hash != nobodys;
  }

  /** Whether a hash was made at another cost than today's, and should be made anew. */
  public boolean isOutdated(String written) {
    return Argon2Hash.parse(written).map(hash -> !hash.cost().equals(cost)).orElse(true);
  }

  private <T> T onWorker(Callable<T> work) {
    try {
      return workers.submit(work).get();
    } catch (RejectedExecutionException e) {
      throw ProblemException.rateLimited("Too many sign-ins at this moment.", COME_BACK);
    } catch (ExecutionException e) {
      throw new IllegalStateException("hashing failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while hashing", e);
    }
  }

  private byte[] newSalt() {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  void stop(@Observes ShutdownEvent event) {
    workers.shutdownNow();
  }
}
