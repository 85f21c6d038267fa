package dev.confab.gateway.fanout;

import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.gateway.chatservice.ChatServiceClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The conversations and users that this replica's connections look at. Every method may be called
 * from any thread and never blocks; the state lives on one event-loop context.
 */
@ApplicationScoped
public class Fanout {
  private static final Logger LOG = Logger.getLogger(Fanout.class);
  private static final long TICK_MILLIS = 10;
  private static final long SWEEP_MILLIS = 1_000;
  private static final int RESTART = 1012;

  private final Vertx vertx;
  private final FanoutConfig config;
  private final GatewayId gatewayId;
  private final ChatServiceClient chat;
  private final MeterRegistry metrics;
  private final Company company = new Company();

  private final Map<String, Room> rooms = new HashMap<>();
  private final Set<Room> restless = new HashSet<>();
  private final Map<Subscriber, Map<String, Membership>> joined = new ConcurrentHashMap<>();
  private Outcomes outcomes;
  private Arrivals arrivals;
  private Context context;
  private RedisPublisher publisher;
  private RedisChannels channels;
  private Users users;
  private DeskWatch desk;
  private Typing typing;
  private Joins joins;
  private Rights rights;
  private RoomSweep sweep;
  private long ticking;
  private long sweeping;

  Fanout(
      Vertx vertx,
      FanoutConfig config,
      GatewayId gatewayId,
      ChatServiceClient chat,
      MeterRegistry metrics) {
    this.vertx = vertx;
    this.config = config;
    this.gatewayId = gatewayId;
    this.chat = chat;
    this.metrics = metrics;
  }

  void start(@Observes @Priority(Interceptor.Priority.APPLICATION) StartupEvent event) {
    context = vertx.getOrCreateContext();
    publisher = new RedisPublisher(vertx, vertx.getOrCreateContext(), config);
    joins = new Joins(this, chat, vertx);
    rights = new Rights(this, chat, vertx);
    typing = new Typing(gatewayId.value(), publisher, config.typingLife());
    run(
        () -> {
          channels =
              new RedisChannels(
                  vertx,
                  context,
                  config,
                  gatewayId.value(),
                  publisher,
                  (channel, message) -> arrivals.take(channel, message),
                  () -> sweep.compareHeads());
          sweep = new RoomSweep(this, config, new Heads(chat), rooms, restless, channels);
          users = new Users(channels);
          desk = new DeskWatch(chat, channels, config);
          arrivals = new Arrivals(this, gatewayId.value(), users, desk);
        });
    ticking = vertx.setPeriodic(TICK_MILLIS, timer -> run(this::tick));
    sweeping = vertx.setPeriodic(SWEEP_MILLIS, timer -> run(() -> sweep.look()));
    metrics.gauge("confab.gateway.rooms", rooms, Map::size);
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(ticking);
    vertx.cancelTimer(sweeping);
    channels.close();
    publisher.close();
  }

  /** Sets who hears of outcomes of this replica's commands. */
  public void onOutcome(Outcomes listener) {
    outcomes = listener;
  }

  /** Sets who knows which users are there. */
  public void attendance(Attendance source) {
    run(() -> company.attendance(source));
  }

  Company company() {
    return company;
  }

  RedisPublisher publisher() {
    return publisher;
  }

  /** Whether both directions to Redis stand. */
  public boolean isRedisUp() {
    return channels != null && channels.isUp() && publisher.isUp();
  }

  void run(Runnable task) {
    context.runOnContext(ignored -> task.run());
  }

  /**
   * A connection was authenticated: it hears of its user's conversations from now on.
   *
   * @return completes, one way or the other, when that is so
   */
  public Future<Void> connected(Subscriber subscriber) {
    joined.put(subscriber, new ConcurrentHashMap<>(4));
    Promise<Void> subscribed = Promise.promise();
    run(() -> users.add(subscriber).onComplete(done -> subscribed.tryComplete()));
    return subscribed.future();
  }

  /** A connection is gone: it leaves everything. */
  public void disconnected(Subscriber subscriber) {
    var conversations = joined.remove(subscriber);
    run(
        () -> {
          if (conversations != null) {
            conversations.keySet().forEach(id -> leaveRoom(subscriber, id));
          }
          users.remove(subscriber);
          desk.remove(subscriber);
        });
  }

  /**
   * Tells an operator of every change in the queue of dialogs that they work.
   *
   * @return completes when they hear of what changes from then on; fails if too many watch here
   */
  public Future<Void> watchDesk(Subscriber subscriber, String name) {
    Promise<Void> watching = Promise.promise();
    run(() -> desk.add(subscriber, name).onComplete(watching));
    return watching.future();
  }

  /** Tells them no more. */
  public void unwatchDesk(Subscriber subscriber) {
    run(() -> desk.remove(subscriber));
  }

  /**
   * Joins a conversation; {@code joined} and what the client missed go to the connection, or an
   * error.
   *
   * @param afterSeq the last number the client has settled, or null for no old messages
   * @param history the history that number belongs to, or null
   * @param frameId the client frame's {@code id}, repeated in the answer; may be null
   */
  public void join(
      Subscriber subscriber, String conversationId, Long afterSeq, String history, String frameId) {
    var conversations = joined.get(subscriber);
    if (conversations != null) {
      conversations.put(conversationId, new Membership());
      inRoom(
          conversationId,
          room -> joins.begin(room.join(subscriber), afterSeq, history, frameId, true));
    }
  }

  /** {@code joined} was sent to a connection. */
  void shown(Room.Member member) {
    member.shown();
    // Only now: no later step may overtake those that waited.
    var conversations = joined.get(member.subscriber());
    var membership =
        conversations == null ? null : conversations.get(member.room().conversationId());
    if (membership != null) {
      membership.shown = true;
    }
  }

  /**
   * Runs a step once {@code joined} was sent to the connection; joins without old messages if it
   * has not been asked for yet.
   *
   * @param frameId the client frame's {@code id}, repeated in the error if the join is refused;
   *     {@code then} does not run in that case
   */
  public void whenJoined(
      Subscriber subscriber, String conversationId, String frameId, Runnable then) {
    whenJoined(
        subscriber,
        conversationId,
        then,
        (code, message, retryAfterMs) ->
            subscriber.send(V1Frames.error(frameId, code, message, null, retryAfterMs)));
  }

  private void whenJoined(
      Subscriber subscriber, String conversationId, Runnable then, Room.Refusal refused) {
    var conversations = joined.get(subscriber);
    if (conversations == null) {
      return;
    }
    var membership = conversations.computeIfAbsent(conversationId, id -> new Membership());
    if (membership.isOpen()) {
      then.run();
      return;
    }
    membership.waitingSteps.incrementAndGet();
    inRoom(
        conversationId,
        room -> {
          var there = room.member(subscriber);
          var member = there == null ? room.join(subscriber) : there;
          member.whenShown(
              () -> {
                then.run();
                membership.waitingSteps.decrementAndGet();
              },
              refused);
          if (there == null) {
            joins.begin(member, null, null, null, false);
          }
        });
  }

  /**
   * Joins the one conversation that a connection is about.
   *
   * @return succeeds when the connection hears of everything that is stored from then on; fails
   *     with {@link EntryRefused}
   */
  public Future<Void> enter(Subscriber subscriber, String conversationId) {
    Promise<Void> entered = Promise.promise();
    joined.put(subscriber, new ConcurrentHashMap<>(2));
    whenJoined(
        subscriber,
        conversationId,
        entered::tryComplete,
        (code, message, retryAfterMs) -> entered.tryFail(new EntryRefused(code, message)));
    return entered.future();
  }

  private void inRoom(String conversationId, Consumer<Room> task) {
    run(() -> task.accept(rooms.computeIfAbsent(conversationId, this::open)));
  }

  /** Leaves a conversation; unknown ones change nothing. */
  public void leave(Subscriber subscriber, String conversationId) {
    var conversations = joined.get(subscriber);
    if (conversations != null && conversations.remove(conversationId) != null) {
      run(() -> leaveRoom(subscriber, conversationId));
    }
  }

  /** Whether a connection joined a conversation or is just joining it. */
  public boolean isJoined(Subscriber subscriber, String conversationId) {
    var conversations = joined.get(subscriber);
    return conversations != null && conversations.containsKey(conversationId);
  }

  /** Tells the others that a user types, or no longer does; it ends by itself. */
  public void typing(Subscriber subscriber, String conversationId, boolean isTyping) {
    run(() -> typing.set(subscriber, conversationId, isTyping));
  }

  /** An event came back with the answer to a command: it takes the same way as a relayed one. */
  public void relayed(ChatEvent.Numbered event) {
    var change = Envelope.change(event);
    run(
        () -> {
          var room = rooms.get(event.conversationId());
          if (room != null) {
            take(room, change);
          }
        });
  }

  private void leaveRoom(Subscriber subscriber, String conversationId) {
    typing.left(subscriber, conversationId);
    var room = rooms.get(conversationId);
    if (room != null) {
      room.leave(subscriber);
    }
  }

  private Room open(String conversationId) {
    var source = new RoomSource(this, chat, publisher, conversationId, metrics);
    var sequencer = new Sequencer(conversationId, source, System::currentTimeMillis);
    return new Room(
        conversationId,
        sequencer,
        channels.subscribe(RedisKeys.conversationChannel(conversationId)),
        rights,
        company::gather);
  }

  /** Takes a member out whose user may not see the conversation any more. */
  void shutOut(Room.Member member) {
    String conversationId = member.room().conversationId();
    leave(member.subscriber(), conversationId);
    member.subscriber().shutOut(conversationId);
  }

  /** Runs on the context, if the room is still there. */
  void withRoom(String conversationId, Consumer<Room> task) {
    run(
        () -> {
          var room = rooms.get(conversationId);
          if (room != null) {
            task.accept(room);
            watch(room);
          }
        });
  }

  /** Looks after a room whose sequencer waits for something. */
  void watch(Room room) {
    if (room.sequencer().isRestless()) {
      restless.add(room);
    }
  }

  /** Sends every connection of a room away to come again. */
  void restart(Room room) {
    LOG.warnf("event=history_changed conversation=%s", room.conversationId());
    room.subscribers().forEach(subscriber -> subscriber.close(RESTART, "history changed"));
  }

  /** A room of this replica, or null. On the context. */
  Room room(String conversationId) {
    return rooms.get(conversationId);
  }

  Outcomes outcomes() {
    return outcomes;
  }

  /** A change came in. On the context. */
  void take(Room room, Change change) {
    room.sequencer().relayed(change);
    watch(room);
  }

  private void tick() {
    restless.removeIf(
        room -> {
          room.sequencer().tick();
          return !room.sequencer().isRestless();
        });
    typing.tick();
    desk.tick(System.currentTimeMillis());
  }
}
