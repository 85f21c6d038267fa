package dev.confab.gateway.fanout;

import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.presence.PresenceChanged;
import dev.confab.gateway.json.Json;
import io.vertx.core.buffer.Buffer;
import org.jboss.logging.Logger;

/**
 * Takes what comes from Redis to the rooms, users and operators of this replica. On the context.
 */
final class Arrivals {
  private static final Logger LOG = Logger.getLogger(Arrivals.class);

  private final Fanout fanout;
  private final String gateway;
  private final Users users;
  private final DeskWatch desk;

  /**
   * Makes one.
   *
   * @param gateway id of this replica
   */
  Arrivals(Fanout fanout, String gateway, Users users, DeskWatch desk) {
    this.fanout = fanout;
    this.gateway = gateway;
    this.users = users;
    this.desk = desk;
  }

  /** A message came in on a channel. */
  void take(String channel, Buffer message) {
    if (channel.equals(RedisKeys.PRESENCE_CHANNEL)) {
      fanout.company().heard(Json.read(message, PresenceChanged.class));
      return;
    }
    var envelope = Envelope.open(message);
    int colon = channel.indexOf(':');
    var id = channel.substring(colon + 1);
    switch (channel.substring(0, colon)) {
      case "conv" -> toRoom(id, envelope);
      case "user" ->
          toUser(
              id,
              new Frame.Whole(envelope.body()),
              envelope.type() == 'a' ? envelope.field(1) : null);
      default -> toGateway(envelope);
    }
  }

  private void toGateway(Envelope.Opened envelope) {
    switch (envelope.type()) {
      case 'o' -> fanout.outcomes().outcome(Json.read(envelope.body(), ChatEvent.class));
      case 'm' -> {
        var frame = new Frame.Whole(envelope.body());
        for (var user : envelope.field(2).split(",")) {
          toUser(user, frame, envelope.field(1));
        }
      }
      case 'd' -> desk.changed(envelope.field(1));
      default -> {
        // The subscriber's own ping has done its work by arriving.
      }
    }
  }

  private void toRoom(String conversationId, Envelope.Opened envelope) {
    if (envelope.type() == 'c' && gateway.equals(envelope.field(5))) {
      fanout.outcomes().changed(envelope);
    }
    var room = fanout.room(conversationId);
    if (room == null) {
      return;
    }
    switch (envelope.type()) {
      case 'c' -> fanout.take(room, Envelope.change(envelope));
      case 't' -> {
        room.sequencer()
            .delta(
                envelope.field(1), Integer.parseInt(envelope.field(2)), envelope.body().toString());
        fanout.watch(room);
      }
      case 'l' ->
          room.sequencer()
              .live(envelope.field(1), envelope.field(2), new Frame.Whole(envelope.body()));
      case 'w' -> room.tell(new Frame.Whole(envelope.body()), null);
      case 's' ->
          room.tell(
              new Frame.Signal(envelope.body()), SignalSender.here(gateway, envelope.field(1)));
      default -> LOG.warnf("event=unknown_envelope type=%s", envelope.type());
    }
  }

  private void toUser(String userId, Frame.Whole frame, String unlessJoined) {
    for (var subscriber : users.of(userId)) {
      if (unlessJoined == null || !fanout.isJoined(subscriber, unlessJoined)) {
        subscriber.send(frame);
      }
    }
  }
}
