package dev.confab.ai.provider;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Reads server-sent events from chunks of bytes as they come: an event leaves with the blank line
 * that ends it. Not thread-safe.
 */
final class EventStream {
  /** A longer line is no event of this protocol. */
  static final int MAX_LINE = 1 << 20;

  private final BiConsumer<String, String> events;
  private byte[] line = new byte[512];
  private int length;
  private String event;
  private StringBuilder moreData;
  private String data;

  /**
   * @param events takes the event's name (or null) and its data
   */
  EventStream(BiConsumer<String, String> events) {
    this.events = events;
  }

  /**
   * @throws IllegalStateException if a line is longer than {@link #MAX_LINE}
   */
  void accept(byte[] chunk) {
    int start = 0;
    for (int i = 0; i < chunk.length; i++) {
      if (chunk[i] == '\n') {
        keep(chunk, start, i);
        endLine();
        start = i + 1;
      }
    }
    keep(chunk, start, chunk.length);
  }

  private void keep(byte[] chunk, int from, int to) {
    int more = to - from;
    if (length + more > MAX_LINE) {
      throw new IllegalStateException("line too long");
    }
    if (length + more > line.length) {
      line = java.util.Arrays.copyOf(line, Math.max(line.length * 2, length + more));
    }
    System.arraycopy(chunk, from, line, length, more);
    length += more;
  }

  private void endLine() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    length = 0;
    if (end == 0) {
      dispatch();
    } else {
      field(new String(line, 0, end, StandardCharsets.UTF_8));
    }
  }

  private void field(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    int at = colon < 0 ? text.length() : colon + 1;
    String value = text.substring(at < text.length() && text.charAt(at) == ' ' ? at + 1 : at);
    if (name.equals("data")) {
      addData(value);
    } else if (name.equals("event")) {
      event = value;
    }
  }

  private void addData(String value) {
    if (data == null) {
      data = value;
      return;
    }
    if (moreData == null) {
      moreData = new StringBuilder(data);
    }
    moreData.append('\n').append(value);
  }

  private void dispatch() {
    String name = event;
    String all = moreData == null ? data : moreData.toString();
    event = null;
    data = null;
    moreData = null;
    if (all != null) {
      events.accept(name, all);
    }
  }

  /** The bytes ended; an event that lacks its blank line counts all the same. */
  void finish() {
    if (length > 0) {
      endLine();
    }
    dispatch();
  }
}
