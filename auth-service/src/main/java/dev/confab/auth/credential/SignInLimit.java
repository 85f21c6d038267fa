package dev.confab.auth.credential;

import dev.confab.auth.AuthConfig;
import dev.confab.auth.problem.ProblemException;
import dev.confab.auth.token.Sha256;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * At most so many failed sign-ins per account and window, counted in Redis for all replicas.
 *
 * <p>An attempt counts before the password is looked at, so that many at one time cannot slip
 * through together; success clears the count. While Redis is away every attempt is let through,
 * with a log line: a cache that is down must not keep everybody out, and argon2id with its bounded
 * workers keeps guessing slow all the same.
 */
@ApplicationScoped
public class SignInLimit {
  private static final Logger LOG = Logger.getLogger(SignInLimit.class);
  private static final String COUNT =
      """
      local n = redis.call('INCR', KEYS[1])
      if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
      return {n, redis.call('PTTL', KEYS[1])}""";

  private final RedisDataSource redis;
  private final AuthConfig.SignIn config;
  private final AtomicBoolean away = new AtomicBoolean();

  SignInLimit(RedisDataSource redis, AuthConfig config) {
    this.redis = redis;
    this.config = config.signIn();
  }

  /**
   * Counts an attempt on behalf of {@code subject} (an account, or a name that has none).
   *
   * @throws ProblemException {@code RATE_LIMITED} with the time until the window ends
   */
  public void attempt(String subject) {
    long untilEndMs = 0;
    try {
      var window = String.valueOf(config.window().toMillis());
      var answer = redis.execute("EVAL", COUNT, "1", key(subject), window);
      if (answer.get(0).toInteger() > config.maxFailures()) {
        untilEndMs = Math.max(1_000, answer.get(1).toLong());
      }
      back();
    } catch (RuntimeException e) {
      reportAway(e);
    }
    if (untilEndMs > 0) {
      throw ProblemException.rateLimited(
          "Too many failed sign-ins for this account.", Duration.ofMillis(untilEndMs));
    }
  }

  /** The password was right: earlier failures no longer count. */
  public void succeeded(String subject) {
    try {
      redis.execute("DEL", key(subject));
    } catch (RuntimeException e) {
      reportAway(e);
    }
  }

  /** What was typed may be an address, so keys hold its digest. */
  private static String key(String subject) {
    return "sign-in:" + Sha256.hex(subject);
  }

  private void reportAway(RuntimeException failure) {
    if (away.compareAndSet(false, true)) {
      LOG.warnf("event=sign_in_limit_off reason=%s", failure.toString());
    }
  }

  private void back() {
    if (away.compareAndSet(true, false)) {
      LOG.info("event=sign_in_limit_on");
    }
  }
}
