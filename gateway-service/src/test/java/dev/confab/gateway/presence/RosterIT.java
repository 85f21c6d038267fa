package dev.confab.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.presence.PresenceChanged;
import dev.confab.gateway.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas and one Redis. */
class RosterIT {
  private static final String REDIS =
      Optional.ofNullable(System.getenv("CONFAB_REDIS")).orElse("redis://localhost:6379");
  // Another test's gateway may still be up, whose users and usual times are in the same place.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private record Timing(
      Duration renewEvery,
      Duration lease,
      Duration markerLife,
      Duration unknownFor,
      Duration grace,
      Duration sweepEvery,
      Duration seenKept)
      implements PresenceConfig {
    static Timing quick() {
      return new Timing(
          Duration.ofMillis(100),
          Duration.ofMillis(1_500),
          Duration.ofMillis(1_000),
          Duration.ofMillis(400),
          Duration.ofMillis(500),
          Duration.ofMillis(50),
          Duration.ofMinutes(1));
    }

    Timing believedAfter(Duration unknown) {
      return new Timing(renewEvery, lease, markerLife, unknown, grace, sweepEvery, seenKept);
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final Redis client = Redis.createClient(vertx, REDIS);
  private final List<PresenceChanged> heard = new CopyOnWriteArrayList<>();
  private final List<Roster> rosters = new ArrayList<>();
  private final List<String> gateways = new ArrayList<>();
  private final String user = UUID.randomUUID().toString();
  private RedisConnection listening;

  @BeforeEach
  void listen() {
    redis(Command.FLUSHALL);
    listening = get(client.connect());
    listening.handler(
        push -> {
          if ("message".equals(push.get(0).toString())) {
            heard.add(Json.read(push.get(2).toBuffer(), PresenceChanged.class));
          }
        });
    listening.send(Request.cmd(Command.SUBSCRIBE).arg(RedisKeys.PRESENCE_CHANNEL));
  }

  @AfterEach
  void close() {
    rosters.forEach(Roster::close);
    listening.close();
    client.close();
    get(vertx.close());
  }

  private Roster roster() {
    return roster(Timing.quick());
  }

  private Roster roster(Timing timing) {
    gateways.add(UUID.randomUUID().toString());
    Roster roster = new Roster(vertx, timing, REDIS, gateways.get(gateways.size() - 1));
    rosters.add(roster);
    return roster;
  }

  private void awaitBelief(Roster asked) {
    await().atMost(PATIENCE).until(() -> !states(asked, user).isEmpty());
  }

  private static List<PresenceChanged> states(Roster asked, String... users) {
    return get(asked.of(List.of(users)));
  }

  private String status() {
    return states(rosters.get(0), user).stream()
        .map(PresenceChanged::status)
        .findFirst()
        .orElse("unknown");
  }

  private List<String> told(String about) {
    return heard.stream()
        .filter(h -> h.userId().equals(about))
        .map(PresenceChanged::status)
        .toList();
  }

  private Response redis(Command command, String... arguments) {
    Request request = Request.cmd(command);
    for (String each : arguments) {
      request.arg(each);
    }
    return get(client.send(request));
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theFirstDeviceIsToldAtOnceAndTheLastOneAfterAGrace() {
    Roster one = roster();
    Roster other = roster();
    awaitBelief(one);
    one.came(user);
    await().atMost(Duration.ofMillis(500)).until(() -> told(user).equals(List.of("online")));
    other.came(user);
    one.left(user);
    await()
        .during(Duration.ofMillis(900))
        .atMost(Duration.ofSeconds(2))
        .until(() -> "online".equals(status()) && told(user).size() == 1);
    long before = System.currentTimeMillis();
    other.left(user);
    await().atMost(PATIENCE).until(() -> told(user).equals(List.of("online", "offline")));
    PresenceChanged gone = heard.get(heard.size() - 1);
    assertThat(gone.atMs()).isBetween(before - 2_000, System.currentTimeMillis() + 2_000);
    assertThat(states(one, user))
        .containsExactly(new PresenceChanged(user, "offline", gone.atMs()));
  }

  @Test
  void whoComesBackSoonWasNeverGone() {
    Roster one = roster();
    Roster other = roster();
    awaitBelief(one);
    one.came(user);
    await().atMost(PATIENCE).until(() -> told(user).size() == 1);
    one.left(user);
    other.came(user);
    await()
        .during(Duration.ofMillis(1_000))
        .atMost(Duration.ofSeconds(3))
        .until(() -> "online".equals(status()) && told(user).equals(List.of("online")));
  }

  @Test
  void usersOfADeadReplicaAreOfflineWhenItsLeaseIsOver() {
    Roster one = roster();
    Roster doomed = roster();
    awaitBelief(one);
    List<String> users =
        IntStream.range(0, 1_200).mapToObj(i -> UUID.randomUUID().toString()).toList();
    users.forEach(doomed::came);
    one.came(users.get(0));
    await().atMost(PATIENCE).until(() -> heard.size() == users.size());
    String doomedSet = RedisKeys.presenceAt(gateways.get(1));
    assertThat(redis(Command.SCARD, doomedSet).toInteger()).isEqualTo(users.size());
    doomed.close();
    await().atMost(PATIENCE).until(() -> heard.size() == 2 * users.size() - 1);
    assertThat(told(users.get(0))).containsExactly("online");
    assertThat(told(users.get(1_199))).containsExactly("online", "offline");
    await().atMost(PATIENCE).until(() -> redis(Command.EXISTS, doomedSet).toInteger() == 0);
  }

  @Test
  void aRedisThatLostEverythingIsNotBelievedAndIsToldAgain() {
    Roster one = roster(Timing.quick().believedAfter(Duration.ofMillis(1_500)));
    awaitBelief(one);
    one.came(user);
    await().atMost(PATIENCE).until(() -> "online".equals(status()));
    String absent = UUID.randomUUID().toString();
    assertThat(states(one, absent).get(0).isOnline()).isFalse();
    redis(Command.FLUSHALL);
    assertThat(states(one, absent)).isEmpty();
    await()
        .atMost(PATIENCE)
        .until(() -> redis(Command.SISMEMBER, RedisKeys.PRESENCE_ONLINE, user).toInteger() == 1);
    assertThat(states(one, absent)).isEmpty();
    awaitBelief(one);
    assertThat(status()).isEqualTo("online");
    assertThat(told(user)).containsOnly("online");
  }

  @Test
  void whoWantsToCountAsOfflineIsNotAnnounced() {
    Roster one = roster();
    awaitBelief(one);
    redis(Command.SADD, RedisKeys.PRESENCE_HIDDEN, user);
    one.came(user);
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(2))
        .until(() -> "offline".equals(status()) && heard.isEmpty());
  }
}
