package dev.confab.gateway.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
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
    if (failure.getCause() instanceof DecompressionException) {
      connection.close(CloseCode.FRAME_TOO_BIG);
      return;
    }
    if (failure instanceof CorruptedWebSocketFrameException corrupted) {
      connection.closedWith(corrupted.closeStatus().code());
    }
    super.exceptionCaught(context, failure);
  }

  /**
   * The frame decoder answers a broken or too long frame with a close frame and hangs up at once.
   * With the rest of that frame unread this would reset the transport, and the close frame would be
   * lost: so only this side's direction ends, and what still comes is thrown away for a moment.
   */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
    if (lingering) {
      return;
    }
    if (clientClosed
        || connection.isClosing()
        || !context.channel().isActive()
        || !(context.channel() instanceof DuplexChannel channel)) {
      super.close(context, promise);
      return;
    }
    lingering = true;
    channel.shutdownOutput();
    context.executor().schedule(() -> context.close(promise), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }
}
