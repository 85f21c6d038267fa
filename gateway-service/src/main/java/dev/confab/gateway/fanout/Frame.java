package dev.confab.gateway.fanout;

import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;

/**
 * One unit for a socket, encoded once (UTF-8 JSON) and shared by every socket it goes to: never
 * change the buffer. The variants say what a slow connection's queue may do with it.
 */
public abstract sealed class Frame {
  private record Translation(Translator translator, Translated result, Translation next) {}

  private final Buffer json;
  private volatile Translation translations;

  private Frame(Buffer json) {
    this.json = json;
  }

  /** The encoded frame. */
  public final Buffer json() {
    return json;
  }

  /** What this v1 frame becomes in another protocol; translated once for all sockets there. */
  public final Translated in(Translator translator) {
    for (Translation known = translations; known != null; known = known.next()) {
      if (known.translator() == translator) {
        return known.result();
      }
    }
    // Two threads at once would translate it twice, and no worse.
    Translated result = translator.translate(this);
    translations = new Translation(translator, result, translations);
    return result;
  }

  /** Must arrive. */
  public static final class Whole extends Frame {
    /** A frame of these bytes. */
    public Whole(Buffer json) {
      super(json);
    }
  }

  /**
   * The next characters of a running reply: must arrive, but consecutive ones of the same message
   * may be merged into one.
   */
  public static final class Text extends Frame {
    private final String conversationId;
    private final String messageId;
    private final int offset;
    private final String text;
    private final Supplier<String> before;

    /**
     * Some characters of a reply.
     *
     * @param offset where {@code text} starts in the reply, in UTF-16 units
     */
    public Text(String conversationId, String messageId, int offset, String text, Buffer json) {
      this(conversationId, messageId, offset, text, () -> "", json);
    }

    /**
     * Some characters of a reply.
     *
     * @param before what the reply says before {@code offset}; asked only while the frame is sent
     */
    public Text(
        String conversationId,
        String messageId,
        int offset,
        String text,
        Supplier<String> before,
        Buffer json) {
      super(json);
      this.conversationId = conversationId;
      this.messageId = messageId;
      this.offset = offset;
      this.text = text;
      this.before = before;
    }

    /** The conversation of the reply. */
    public String conversationId() {
      return conversationId;
    }

    /** The reply's id. */
    public String messageId() {
      return messageId;
    }

    /** Where {@link #text} starts in the reply, in UTF-16 units. */
    public int offset() {
      return offset;
    }

    /** The characters. */
    public String text() {
      return text;
    }

    /** What the reply says before these characters. */
    public String before() {
      return before.get();
    }
  }

  /** May be dropped: typing, presence. */
  public static final class Signal extends Frame {
    /** A frame of these bytes. */
    public Signal(Buffer json) {
      super(json);
    }
  }
}
