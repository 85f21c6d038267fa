package dev.confab.gateway.connection;

import dev.confab.gateway.fanout.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Frames that wait until a slow socket takes more. Signals are dropped, and texts of one message
 * are merged as long as nothing but texts stands between them. Confined to one event loop.
 */
final class OutboundQueue {
  /** A merged text is not made longer than this many UTF-16 units. */
  static final int MAX_MERGED_CHARS = 16 * 1024;

  private static final int MERGE_LOOKBACK = 8;

  /** Encodes the merged text of a reply, which begins where the first one did. */
  interface TextEncoder {
    Frame.Text encode(Frame.Text first, String merged);
  }

  private sealed interface Entry {
    int bytes();
  }

  private record Single(Frame frame) implements Entry {
    @Override
    public int bytes() {
      return frame.json().length();
    }
  }

  private static final class Run implements Entry {
    private final Frame.Text first;
    private StringBuilder merged;
    private int bytes;

    Run(Frame.Text first) {
      this.first = first;
      this.bytes = first.json().length();
    }

    boolean takes(Frame.Text next) {
      int length = merged == null ? first.text().length() : merged.length();
      return first.messageId().equals(next.messageId())
          && first.conversationId().equals(next.conversationId())
          && first.offset() + length == next.offset()
          && length + next.text().length() <= MAX_MERGED_CHARS;
    }

    int append(Frame.Text next) {
      if (merged == null) {
        merged = new StringBuilder(first.text());
      }
      merged.append(next.text());
      int more = next.text().getBytes(StandardCharsets.UTF_8).length;
      bytes += more;
      return more;
    }

    Frame frame(TextEncoder encoder) {
      return merged == null ? first : encoder.encode(first, merged.toString());
    }

    @Override
    public int bytes() {
      return bytes;
    }
  }

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final TextEncoder encoder;
  private int bytes;

  OutboundQueue(TextEncoder encoder) {
    this.encoder = encoder;
  }

  /** Puts a frame at the end, or into one that waits already. */
  void add(Frame frame) {
    switch (frame) {
      case Frame.Signal signal -> {
        // Late signals are worth nothing.
      }
      case Frame.Text text -> addText(text);
      case Frame.Whole whole -> push(new Single(whole));
    }
  }

  private void addText(Frame.Text text) {
    Iterator<Entry> latest = entries.descendingIterator();
    for (int looked = 0; looked < MERGE_LOOKBACK && latest.hasNext(); looked++) {
      if (!(latest.next() instanceof Run run)) {
        break;
      }
      if (run.takes(text)) {
        bytes += run.append(text);
        return;
      }
      if (run.first.messageId().equals(text.messageId())) {
        // Only the latest run of a message may grow, or its order would break.
        break;
      }
    }
    push(new Run(text));
  }

  private void push(Entry entry) {
    entries.add(entry);
    bytes += entry.bytes();
  }

  /** The next frame to write, or null. */
  Frame poll() {
    Entry next = entries.poll();
    if (next == null) {
      return null;
    }
    bytes -= next.bytes();
    return switch (next) {
      case Single single -> single.frame();
      case Run run -> run.frame(encoder);
    };
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Bytes that wait, as they would go out. */
  int bytes() {
    return bytes;
  }

  void clear() {
    entries.clear();
    bytes = 0;
  }
}
