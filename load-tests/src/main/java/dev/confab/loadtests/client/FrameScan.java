package dev.confab.loadtests.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Finds what the benchmark needs in a v1 frame without parsing it, so that the generator costs less
 * than what it measures. The gateway writes no space between tokens of JSON.
 */
public final class FrameScan {
  private static final byte[] TYPE = ascii("\"type\":\"");
  private static final byte[] SEQ = ascii("\"seq\":");
  private static final byte[] LAST_SEQ = ascii("\"last_seq\":");
  private static final byte[] STAMP = ascii("~t");
  private static final byte[] SENT = ascii("~s");

  private FrameScan() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the frame's type is this one, given with its closing quote. */
  public static boolean isType(ByteBuf frame, byte[] typeAndQuote) {
    int at = find(frame, frame.readerIndex(), TYPE);
    return at >= 0 && matches(frame, at + TYPE.length, typeAndQuote);
  }

  /** A type's name as {@link #isType} takes it. */
  public static byte[] type(String name) {
    return ascii(name + '"');
  }

  /** The first {@code seq} in the frame, or -1. */
  public static long seq(ByteBuf frame) {
    return number(frame, find(frame, frame.readerIndex(), SEQ), SEQ.length);
  }

  /** The first {@code last_seq} in the frame, or -1. */
  public static long lastSeq(ByteBuf frame) {
    return number(frame, find(frame, frame.readerIndex(), LAST_SEQ), LAST_SEQ.length);
  }

  /** The number between {@code ~s} and {@code ~}, or -1. */
  public static long sent(ByteBuf frame) {
    return number(frame, find(frame, frame.readerIndex(), SENT), SENT.length);
  }

  /** Every number between {@code ~t} and {@code ~}. */
  public static void stamps(ByteBuf frame, LongConsumer each) {
    int at = find(frame, frame.readerIndex(), STAMP);
    while (at >= 0) {
      long stamp = number(frame, at, STAMP.length);
      if (stamp > 0) {
        each.accept(stamp);
      }
      at = find(frame, at + STAMP.length, STAMP);
    }
  }

  private static long number(ByteBuf frame, int at, int skip) {
    if (at < 0) {
      return -1;
    }
    long value = 0;
    int digits = 0;
    for (int i = at + skip; i < frame.writerIndex(); i++) {
      byte next = frame.getByte(i);
      if (next < '0' || next > '9') {
        break;
      }
      value = value * 10 + next - '0';
      digits++;
    }
    return digits == 0 ? -1 : value;
  }

  private static int find(ByteBuf frame, int from, byte[] what) {
    int last = frame.writerIndex() - what.length;
    int at = from;
    while (at <= last) {
      int next = frame.indexOf(at, last + 1, what[0]);
      if (next < 0) {
        return -1;
      }
      if (matches(frame, next, what)) {
        return next;
      }
      at = next + 1;
    }
    return -1;
  }

  private static boolean matches(ByteBuf frame, int at, byte[] what) {
    if (at + what.length > frame.writerIndex()) {
      return false;
    }
    for (int i = 0; i < what.length; i++) {
      if (frame.getByte(at + i) != what[i]) {
        return false;
      }
    }
    return true;
  }
}
