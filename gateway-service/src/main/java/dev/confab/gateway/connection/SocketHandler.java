package dev.confab.gateway.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Tells a connection of its socket's signs of life and of room to write. */
final class SocketHandler extends ChannelInboundHandlerAdapter {
  private final Connection connection;

  SocketHandler(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof WebSocketFrame) {
      connection.seen();
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
}
