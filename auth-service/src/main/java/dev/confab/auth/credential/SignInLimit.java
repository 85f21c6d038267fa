package dev.confab.auth.credential;

import dev.confab.auth.AuthConfig;
import dev.confab.auth.problem.ProblemException;
import dev.confab.auth.token.Sha256;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * At most so many failed sign-ins per account and window, counted in Redis for all replicas.
 *
 * <p>The count is looked at before the password and again after it: of many guesses sent at one
 * time those beyond the limit learn nothing, while many right sign-ins at one time all pass.
 * Success clears the count. While Redis is away every attempt is let through, with a log line: a
 * cache that is down must not keep everybody out, and argon2id with its bounded workers keeps
 * guessing slow all the same.
 */
@ApplicationScoped
public class SignInLimit {
  private static final Logger LOG = Logger.getLogger(SignInLimit.class);
  private static final String COUNTED =
      "return {tonumber(redis.call('GET', KEYS[1]) or '0'), redis.call('PTTL', KEYS[1])}";
  private static final String COUNT =
      """
      local n = redis.call('INCR', KEYS[1])
      if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
      return {n, redis.call('PTTL', KEYS[1])}""";
  private static final Failures NONE = new Failures(0, Duration.ZERO);

  private final RedisDataSource redis;
  private final AuthConfig.SignIn config;
  private final AtomicBoolean away = new AtomicBoolean();

  SignInLimit(RedisDataSource redis, AuthConfig config) {
    this.redis = redis;
    this.config = config.signIn();
  }

  /** How many, and until when they count. */
  private record Failures(int count, Duration untilForgotten) {}

  /**
   * Lets an attempt on behalf of {@code subject} (an account, or a name that has none) begin.
   *
   * @throws ProblemException {@code RATE_LIMITED} with the time until the window ends
   */
  public void begin(String subject) {
    var failures = ask(COUNTED, key(subject));
    if (failures.count() >= config.maxFailures()) {
      throw refusal(failures);
    }
  }

  /**
   * Counts a failure.
   *
   * @throws ProblemException {@code RATE_LIMITED} if others have used up the window meanwhile
   */
  public void failed(String subject) {
    var window = String.valueOf(config.window().toMillis());
    var failures = ask(COUNT, key(subject), window);
    if (failures.count() > config.maxFailures()) {
      throw refusal(failures);
    }
  }

  /**
   * The password was right: earlier failures no longer count.
   *
   * @throws ProblemException {@code RATE_LIMITED} if others have used up the window meanwhile
   */
  public void succeeded(String subject) {
    begin(subject);
    try {
      redis.execute("DEL", key(subject));
    } catch (RuntimeException e) {
      reportAway(e);
    }
  }

  private Failures ask(String script, String key, String... arguments) {
    try {
      var command = Stream.concat(Stream.of(script, "1", key), Stream.of(arguments));
      var answer = redis.execute("EVAL", command.toArray(String[]::new));
      back();
      return new Failures(
          answer.get(0).toInteger(), Duration.ofMillis(Math.max(1_000, answer.get(1).toLong())));
    } catch (RuntimeException e) {
      reportAway(e);
      return NONE;
    }
  }

  private static ProblemException refusal(Failures failures) {
    return ProblemException.rateLimited(
        "Too many failed sign-ins for this account.", failures.untilForgotten());
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
