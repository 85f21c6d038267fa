package dev.confab.gateway.connection;

import dev.confab.gateway.dialect.AiChatDecoder;
import dev.confab.gateway.dialect.AiChatFrames;
import dev.confab.gateway.dialect.DialogDecoder;
import dev.confab.gateway.dialect.DialogFrames;
import dev.confab.gateway.dialect.DialogSide;
import dev.confab.gateway.dialect.FrameJson;
import dev.confab.gateway.dialect.SessionDecoder;
import dev.confab.gateway.dialect.SessionFrames;
import dev.confab.gateway.dialect.V1Decoder;
import dev.confab.gateway.fanout.V1Frames;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The protocols that sockets here speak. */
@ApplicationScoped
class Dialects {
  private final Dialect v1;
  private final Dialect session;
  private final Dialect wholeSession;
  private final Dialect aiChat;
  private final Map<Boolean, Dialect> panel;
  private final Map<Boolean, Dialect> widget;

  Dialects(ConnectionConfig config) {
    ConnectionConfig.Limits limits = config.limits();
    FrameJson json = new FrameJson(limits.maxFrameBytes(), limits.maxJsonDepth());
    int chars = limits.maxMessageChars();
    v1 = new Dialect("v1", new V1Decoder(json, chars), null, V1Frames::merged);
    SessionDecoder sessions = new SessionDecoder(json, chars);
    session = new Dialect("session", sessions, new SessionFrames(true), SessionFrames::token);
    wholeSession = new Dialect("session", sessions, new SessionFrames(false), SessionFrames::token);
    aiChat =
        new Dialect(
            "ai-chat", new AiChatDecoder(json, chars), new AiChatFrames(), AiChatFrames::chunk);
    panel = dialog(json, chars, DialogSide.PANEL);
    widget = dialog(json, chars, DialogSide.WIDGET);
  }

  private static Map<Boolean, Dialect> dialog(FrameJson json, int chars, DialogSide side) {
    DialogDecoder decoder = new DialogDecoder(json, chars, side);
    return Map.of(
        true, new Dialect("dialog", decoder, new DialogFrames(side, true), DialogFrames::delta),
        false, new Dialect("dialog", decoder, new DialogFrames(side, false), DialogFrames::delta));
  }

  Dialect v1() {
    return v1;
  }

  /**
   * The dialect {@code session}.
   *
   * @param streams whether the client wants replies as they are written
   */
  Dialect session(boolean streams) {
    return streams ? session : wholeSession;
  }

  Dialect aiChat() {
    return aiChat;
  }

  /**
   * The dialect {@code dialog}.
   *
   * @param streams whether the client wants replies as they are written, too
   */
  Dialect dialog(DialogSide side, boolean streams) {
    return (side == DialogSide.PANEL ? panel : widget).get(streams);
  }
}
