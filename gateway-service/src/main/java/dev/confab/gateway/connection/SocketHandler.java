package dev.confab.gateway.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.TimeUnit;

/**
 * Tells a connection of its socket's signs of life and of room to write, and sees to it that a
 * client that broke the protocol can read why.
 */
final class SocketHandler extends ChannelDuplexHandler {
  private static final long LINGER_MILLIS = 1_000;

  private final Connection connection;
  private boolean clientClosed;
  private boolean lingering;

  SocketHandler(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof WebSocketFrame) {
      connection.seen();
      clientClosed |= message instanceof CloseWebSocketFrame;
    }
    super.channelRead(context, message);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
    if (context.channel().isWritable()) {
      connection.drain();
    }
    super.channelWritabilityChanged(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) throws Exception {
    if (failure instanceof DecompressionException
        || failure.getCause() instanceof DecompressionException) {
      connection.close(CloseCode.FRAME_TOO_BIG);
    } else if (failure instanceof CorruptedWebSocketFrameException corrupted) {
      sayWhy(context, corrupted.closeStatus());
    } else {
      super.exceptionCaught(context, failure);
    }
  }

  private void sayWhy(ChannelHandlerContext context, WebSocketCloseStatus why) {
    connection.closedWith(why.code());
    context
        .writeAndFlush(new CloseWebSocketFrame(why))
        .addListener(
            sent -> {
              if (context.channel() instanceof DuplexChannel channel) {
                channel.shutdownOutput();
              }
            });
  }

  /**
   * The frame decoder hangs up on a broken or too long frame at once, and the close frame it sends
   * passes the encoder by. With the rest of the client's frame unread, hanging up would also reset
   * the transport. So the end waits for a moment, in which the client is told why and what it still
   * sends is thrown away.
   */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
    if (clientClosed || connection.isClosing() || !context.channel().isActive()) {
      super.close(context, promise);
    } else if (!lingering) {
      lingering = true;
      context
          .executor()
          .schedule(() -> context.close(promise), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
