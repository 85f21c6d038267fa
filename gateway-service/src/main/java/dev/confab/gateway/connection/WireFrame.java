package dev.confab.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import java.util.zip.Deflater;

/**
 * One text message in the bytes of RFC 6455, ready for any number of sockets. A server's frames are
 * not masked, so they are the same for everybody; long messages are cut into fragments because some
 * clients bound the size of a frame.
 */
final class WireFrame {
  /** Bytes of a message's fragment. */
  static final int MAX_FRAGMENT_BYTES = 32 * 1024;

  private static final int FIN = 0x80;
  private static final int COMPRESSED = 0x40;
  private static final int TEXT = 0x1;
  private static final int MAX_HEADER_BYTES = 4;
  private static final int SHORT_LENGTH = 125;
  private static final int LENGTH_IN_TWO_BYTES = 126;
  private static final int DEFLATE_TAIL_BYTES = 4;

  private WireFrame() {}

  /** Encodes a message as it is. The caller releases the result. */
  static ByteBuf plain(ByteBufAllocator allocator, Buffer message) {
    byte[] payload = message.getBytes();
    return encode(allocator, payload, payload.length, 0);
  }

  /** Encodes a message compressed. The caller releases the result. */
  static ByteBuf compressed(ByteBufAllocator allocator, Deflater deflater, Buffer message) {
    byte[] payload = message.getBytes();
    byte[] packed = new byte[payload.length + payload.length / 1000 + 64];
    deflater.reset();
    deflater.setInput(payload);
    int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
    if (length == packed.length) {
      return plain(allocator, message);
    }
    // RFC 7692 7.2.1: the empty block that a flush ends with is left out.
    return encode(allocator, packed, length - DEFLATE_TAIL_BYTES, COMPRESSED);
  }

  private static ByteBuf encode(ByteBufAllocator allocator, byte[] payload, int length, int rsv) {
    int fragments = Math.max(1, (length + MAX_FRAGMENT_BYTES - 1) / MAX_FRAGMENT_BYTES);
    ByteBuf wire = allocator.directBuffer(length + fragments * MAX_HEADER_BYTES);
    for (int i = 0; i < fragments; i++) {
      int start = i * MAX_FRAGMENT_BYTES;
      int size = Math.min(MAX_FRAGMENT_BYTES, length - start);
      int first = i == 0 ? TEXT | rsv : 0;
      wire.writeByte(i == fragments - 1 ? first | FIN : first);
      writeLength(wire, size);
      wire.writeBytes(payload, start, size);
    }
    return wire;
  }

  private static void writeLength(ByteBuf wire, int length) {
    if (length <= SHORT_LENGTH) {
      wire.writeByte(length);
    } else {
      wire.writeByte(LENGTH_IN_TWO_BYTES).writeShort(length);
    }
  }
}
