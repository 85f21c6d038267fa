package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.FrameScan;
import dev.confab.loadtests.client.Guest;
import dev.confab.loadtests.client.Socket;
import dev.confab.loadtests.measure.Deliveries;
import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.measure.Received;
import io.netty.buffer.ByteBuf;

/** A participant of a room with one socket, who notes every message that comes. */
final class Member implements Socket.Listener {
  private static final byte[] RECEIVED = FrameScan.type("message_received");

  private final Guest guest;
  private final String room;
  private final Deliveries deliveries;
  private final Latency latency;
  private final Received received = new Received();
  private volatile Socket socket;
  private volatile String lastError;
  private volatile boolean leaving;

  Member(Guest guest, String room, Deliveries deliveries, Latency latency) {
    this.guest = guest;
    this.room = room;
    this.deliveries = deliveries;
    this.latency = latency;
  }

  /** Opens a socket at a gateway and joins. */
  Member connect(World world, int gateway) {
    socket = World.get(world.sockets().open(guest, gateway, this));
    World.get(socket.join(room));
    return this;
  }

  Guest guest() {
    return guest;
  }

  String room() {
    return room;
  }

  Socket socket() {
    return socket;
  }

  /** Comes back over another socket. */
  void socket(Socket opened) {
    leaving = false;
    socket = opened;
  }

  /** Closes the socket, which then is no error. */
  void leave() {
    leaving = true;
    socket.close();
  }

  /** Highest number seen, or 0. */
  long lastSeq() {
    synchronized (received) {
      return Math.max(0, received.last());
    }
  }

  /** Different messages seen. */
  int count() {
    synchronized (received) {
      return received.count();
    }
  }

  String lastError() {
    return lastError;
  }

  /** Sends a message of a size, stamped with its intended time. */
  void send(long intendedNanos, String padding, int readers) {
    deliveries.sent(readers);
    socket.message(room, "~s" + intendedNanos / 1000 + '~' + padding);
  }

  @Override
  public void onFrame(ByteBuf frame) {
    if (!FrameScan.isType(frame, RECEIVED)) {
      return;
    }
    Received.Kind kind;
    synchronized (received) {
      kind = received.note(FrameScan.seq(frame));
    }
    deliveries.received(kind);
    long sent = FrameScan.sent(frame);
    if (sent > 0) {
      latency.record(System.nanoTime() / 1000 - sent);
    }
  }

  @Override
  public void onError(String frame) {
    lastError = frame;
    deliveries.error();
  }

  @Override
  public void onClosed() {
    if (!leaving) {
      lastError = "a connection was closed";
      deliveries.error();
    }
  }
}
