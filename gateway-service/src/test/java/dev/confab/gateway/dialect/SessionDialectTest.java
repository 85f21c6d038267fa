package dev.confab.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.dialect.Decoded.Refused;
import dev.confab.gateway.dialect.Decoded.Understood;
import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.Translated;
import dev.confab.gateway.fanout.V1Frames;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionDialectTest {
  private final SessionDecoder decoder = new SessionDecoder(new FrameJson(65_536, 32), 10);
  private final SessionFrames streaming = new SessionFrames(true);
  private final SessionFrames whole = new SessionFrames(false);

  static Frame v1(String json) {
    return new Frame.Whole(Buffer.buffer(json.replace('\'', '"')));
  }

  static String json(Translated translated) {
    return translated.frame().json().toString().replace('"', '\'');
  }

  private static Frame received(String type, String sender, String status) {
    return v1(
        ("{'type':'message_received','data':{'message':{'id':'m','message_type':'%s',"
                + "'sender_id':'%s','content':'hi','status':'%s','created_at':'t'}}}")
            .formatted(type, sender, status));
  }

  @Test
  void itsFramesAreUnderstood() {
    String text =
        "{'type':'chat_message','data':{'message':'hi','conversation_id':'the client\\u0027s'}}";

    assertThat(decoder.decode(text.replace('\'', '"'), "c"))
        .isEqualTo(new Understood(null, new ClientFrame.Send("c", "hi", null, null, null)));
    assertThat(decoder.decode("{\"type\":\"ping\"}", "c"))
        .isEqualTo(new Understood(null, new ClientFrame.Ping()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{'type':'typing'}                                       | UNKNOWN_TYPE",
        "{'type':7}                                              | INVALID_VALUE",
        "{'type':'chat_message'}                                 | INVALID_VALUE",
        "{'type':'chat_message','data':{'message':' '}}          | EMPTY_MESSAGE",
        "{'type':'chat_message','data':{'message':'12345678901'}}| MESSAGE_TOO_LONG",
        "{'type':'chat_message','data':[]}                       | INVALID_VALUE",
        "nonsense                                                | INVALID_FRAME",
        "[]                                                      | INVALID_FRAME"
      })
  void othersAreRefused(String text, ErrorCode code) {
    Decoded decoded = decoder.decode(text.replace('\'', '"'), "c");

    assertThat(decoded).isInstanceOf(Refused.class);
    assertThat(((Refused) decoded).code()).isEqualTo(code);
  }

  @Test
  void repliesAreTokensAndAnEnd() {
    Frame.Text text = V1Frames.streamContent("c", "m", 3, "abc");
    Frame end = v1("{'type':'stream_complete','data':{'message_id':'m','message':{'id':'m'}}}");

    assertThat(json(streaming.translate(text)))
        .isEqualTo("{'type':'stream_token','data':{'token':'abc','message_id':'m'}}");
    assertThat(json(streaming.translate(end)))
        .isEqualTo(
            "{'type':'stream_complete','data':{'message_id':'m','usage':"
                + "{'prompt_tokens':0,'completion_tokens':0,'total_tokens':0}}}");
  }

  @Test
  void withoutStreamingARepliesIsOneMessage() {
    Frame end =
        v1(
            "{'type':'stream_complete','data':{'message_id':'m','message':{'id':'m',"
                + "'message_type':'assistant','sender_id':'a','content':'all'}}}");

    assertThat(whole.translate(V1Frames.streamContent("c", "m", 0, "a")).frame()).isNull();
    assertThat(json(whole.translate(end)))
        .isEqualTo(
            "{'type':'chat_message','data':"
                + "{'message_id':'m','content':'all','role':'assistant'}}");
  }

  @Test
  void wholeMessagesGoToEverybodyButTheirAuthor() {
    Translated said = streaming.translate(received("operator", "o", "complete"));

    assertThat(json(said))
        .isEqualTo(
            "{'type':'chat_message','data':"
                + "{'message_id':'m','content':'hi','role':'operator'}}");
    assertThat(said.isFor("o")).isFalse();
    assertThat(said.isFor("u")).isTrue();
    assertThat(streaming.translate(received("user", "u", "complete")).isFor("u")).isFalse();
    assertThat(streaming.translate(received("assistant", "a", "deleted")).frame()).isNull();
  }

  @Test
  void theRestOfV1IsLeftOut() {
    for (String type :
        new String[] {
          "auth_success",
          "joined",
          "message_ack",
          "message_added",
          "message_updated",
          "message_deleted",
          "conversation_updated",
          "stream_start",
          "typing_indicator",
          "presence",
          "read_receipt",
          "handoff",
          "heads",
          "ack",
          "reconnect",
          "tool_call",
          "tool_result"
        }) {
      assertThat(streaming.translate(v1("{'type':'" + type + "','data':{}}")).frame())
          .as(type)
          .isNull();
    }
    assertThat(streaming.translate(new Frame.Signal(Buffer.buffer("{}"))).frame()).isNull();
  }

  @Test
  void answersKeepTheirMeaning() {
    assertThat(json(streaming.translate(V1Frames.pong(null)))).isEqualTo("{'type':'pong'}");
    assertThat(
            json(
                streaming.translate(
                    V1Frames.error(null, ErrorCode.RATE_LIMITED, "slower", "f", 7L))))
        .isEqualTo("{'type':'error','data':{'code':'RATE_LIMITED','message':'slower'}}");
  }

  @Test
  void aFrameIsEncodedOnceForAllSockets() {
    Frame.Text text = V1Frames.streamContent("c", "m", 0, "abc");

    assertThat(text.in(streaming)).isSameAs(text.in(streaming));
    assertThat(text.in(streaming)).isNotSameAs(text.in(new AiChatFrames()));
  }
}
