package dev.confab.gateway.dialect;

import static dev.confab.gateway.dialect.SessionDialectTest.json;
import static dev.confab.gateway.dialect.SessionDialectTest.v1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.dialect.Decoded.Refused;
import dev.confab.gateway.dialect.Decoded.Understood;
import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.V1Frames;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class AiChatDialectTest {
  private static final String MESSAGE =
      "{'id':'m','message_type':'%s','sender_id':'u','content':'hi','status':'complete',"
          + "'created_at':'2026-01-01T00:00:00Z'}";

  private final AiChatDecoder decoder = new AiChatDecoder(new FrameJson(65_536, 32), 10);
  private final AiChatFrames frames = new AiChatFrames();

  private ClientFrame understood(String text) {
    Decoded decoded = decoder.decode(text.replace('\'', '"'), "c");
    assertThat(decoded).isInstanceOf(Understood.class);
    return ((Understood) decoded).frame();
  }

  private ErrorCode refused(String text, String conversation) {
    Decoded decoded = decoder.decode(text.replace('\'', '"'), conversation);
    assertThat(decoded).isInstanceOf(Refused.class);
    return ((Refused) decoded).code();
  }

  @Test
  void itsFramesAreUnderstood() {
    assertThat(understood("{'type':'send_message','message':'hi'}"))
        .isEqualTo(new ClientFrame.Send("c", "hi", null, null, null));
    assertThat(understood("{'type':'typing'}")).isEqualTo(new ClientFrame.Typing("c", true));
    assertThat(understood("{'type':'stop_typing'}")).isEqualTo(new ClientFrame.Typing("c", false));
    assertThat(understood("{'type':'ping'}")).isEqualTo(new ClientFrame.Ping());
  }

  @Test
  void othersAreRefused() {
    assertThat(refused("{'type':'join_conversation'}", "c")).isEqualTo(ErrorCode.UNKNOWN_TYPE);
    assertThat(refused("{'type':'send_message'}", "c")).isEqualTo(ErrorCode.INVALID_VALUE);
    assertThat(refused("{'type':'send_message','message':''}", "c"))
        .isEqualTo(ErrorCode.EMPTY_MESSAGE);
    assertThat(refused("{", "c")).isEqualTo(ErrorCode.INVALID_FRAME);
    assertThat(refused("{'type':'send_message','message':'hi'}", null))
        .as("in the list of sessions")
        .isEqualTo(ErrorCode.UNKNOWN_TYPE);
  }

  @Test
  void v1FramesAreSaidInItsWords() {
    String message = MESSAGE.formatted("user");
    String said = "{'id':'m','role':'user','content':'hi','created_at':'2026-01-01T00:00:00Z'}";

    assertThat(json(frames.translate(v1("{'type':'joined','data':{'conversation_id':'c'}}"))))
        .startsWith("{'type':'connection_established','session_id':'c','message':'");
    assertThat(
            json(
                frames.translate(
                    v1("{'type':'message_received','data':{'message':" + message + "}}"))))
        .isEqualTo("{'type':'user_message','message':" + said + "}");
    assertThat(
            json(
                frames.translate(
                    v1(
                        "{'type':'message_received','data':{'message':"
                            + MESSAGE.formatted("system")
                            + "}}"))))
        .isEqualTo(
            "{'type':'ai_message_complete','message':" + said.replace("user", "system") + "}");
    assertThat(json(frames.translate(v1("{'type':'stream_start','data':{}}"))))
        .startsWith("{'type':'ai_typing','message':'");
    assertThat(
            json(
                frames.translate(
                    v1(
                        "{'type':'stream_complete','data':{'message':"
                            + MESSAGE.formatted("assistant")
                            + "}}"))))
        .isEqualTo(
            "{'type':'ai_message_complete','message':" + said.replace("user", "assistant") + "}");
    assertThat(json(frames.translate(V1Frames.pong(null)))).isEqualTo("{'type':'pong'}");
    assertThat(json(frames.translate(V1Frames.error(null, ErrorCode.NOT_FOUND, "no", null, null))))
        .isEqualTo("{'type':'error','message':'no'}");
    assertThat(frames.translate(v1("{'type':'tool_call','data':{}}")).frame()).isNull();
  }

  @Test
  void chunksSayEverythingSoFarAlsoWhenMerged() {
    Frame.Text v1 = new Frame.Text("c", "m", 3, "def", () -> "abc", Buffer.buffer("{}"));

    Frame.Text chunk = (Frame.Text) v1.in(frames).frame();

    assertThat(chunk.json().toString())
        .isEqualTo(
            "{\"type\":\"ai_message_chunk\",\"content\":\"def\",\"full_content\":\"abcdef\"}");
    assertThat(AiChatFrames.chunk(chunk, "defghi").json().toString())
        .isEqualTo(
            "{\"type\":\"ai_message_chunk\",\"content\":\"defghi\","
                + "\"full_content\":\"abcdefghi\"}");
  }
}
