package dev.confab.gateway.connection;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;

/** An operator's panel in a support dialog: the dialect {@code dialog}. */
@WebSocket(
    path = "/ws/dialogs/{dialog_id}",
    endpointId = PanelSocket.ID,
    inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class PanelSocket {
  static final String ID = "panel";

  private final SocketLife life;

  PanelSocket(SocketLife life) {
    this.life = life;
  }

  @OnOpen
  @NonBlocking
  void opened(WebSocketConnection socket) {
    life.opened(socket);
  }

  @OnTextMessage
  @NonBlocking
  void received(String text, WebSocketConnection socket) {
    life.received(text, socket);
  }

  @OnBinaryMessage
  @NonBlocking
  void received(Buffer binary, WebSocketConnection socket) {
    life.receivedBinary(socket);
  }

  @OnClose
  @NonBlocking
  void closed(WebSocketConnection socket, CloseReason reason) {
    life.closed(socket, reason);
  }

  @OnError
  @NonBlocking
  void failed(Throwable failure, WebSocketConnection socket) {
    life.failed(failure, socket);
  }
}
