package dev.confab.gateway.dialect;

import static dev.confab.gateway.dialect.SessionDialectTest.v1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.HandOverAction;
import dev.confab.gateway.dialect.Decoded.Refused;
import dev.confab.gateway.dialect.Decoded.Understood;
import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.Translated;
import dev.confab.gateway.fanout.V1Frames;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialogDialectTest {
  private static final FrameJson JSON = new FrameJson(65_536, 32);

  private final DialogDecoder fromWidget = new DialogDecoder(JSON, 10, DialogSide.WIDGET);
  private final DialogDecoder fromPanel = new DialogDecoder(JSON, 10, DialogSide.PANEL);
  private final DialogFrames toWidget = new DialogFrames(DialogSide.WIDGET, false);
  private final DialogFrames toPanel = new DialogFrames(DialogSide.PANEL, false);
  private final DialogFrames streaming = new DialogFrames(DialogSide.WIDGET, true);

  private static List<String> told(Translated translated) {
    return translated.frames().stream()
        .map(frame -> frame.json().toString().replace('"', '\''))
        .toList();
  }

  private static Decoded decode(DialogDecoder decoder, String text) {
    return decoder.decode(text.replace('\'', '"'), "c");
  }

  private static Frame message(String frameType, String messageType, String status, String text) {
    return v1(
        ("{'type':'%s','data':{'message':{'id':'m','message_type':'%s','sender_id':'s',"
                + "'content':'%s','status':'%s','created_at':'t','client_id':'k'}}}")
            .formatted(frameType, messageType, text, status));
  }

  private static Frame typing(String role) {
    String who = role == null ? "" : ",'role':'" + role + "'";
    return new Frame.Signal(
        Buffer.buffer(
            ("{'type':'typing_indicator','data':{'user_id':'u','is_typing':true" + who + "}}")
                .replace('\'', '"')));
  }

  @Test
  void messagesAndControlFramesAreUnderstood() {
    ClientFrame.Send send = new ClientFrame.Send("c", "hi", "k", null, null);

    assertThat(decode(fromWidget, "{'sender':'user','text':'hi','client_id':'k'}"))
        .isEqualTo(new Understood("k", send));
    assertThat(decode(fromWidget, "{'id':'k','sender':'user','text':'hi','timestamp':'t'}"))
        .isEqualTo(new Understood("k", send));
    assertThat(decode(fromPanel, "{'sender':'manager','text':'hi','client_id':'k','id':7}"))
        .isEqualTo(new Understood("k", send));
    assertThat(decode(fromPanel, "{'text':'hi'}"))
        .isEqualTo(new Understood(null, new ClientFrame.Send("c", "hi", null, null, null)));
    assertThat(decode(fromPanel, "{'type':'typing_start'}"))
        .isEqualTo(new Understood(null, new ClientFrame.Typing("c", true)));
    assertThat(decode(fromWidget, "{'type':'typing_stop'}"))
        .isEqualTo(new Understood(null, new ClientFrame.Typing("c", false)));
    assertThat(decode(fromWidget, "{'type':'handoff'}"))
        .isEqualTo(
            new Understood(
                null, new ClientFrame.HandOver("c", HandOverAction.REQUEST, null, null, null)));
    assertThat(decode(fromPanel, "{'type':'handoff','state':'operator'}"))
        .isEqualTo(
            new Understood(
                null, new ClientFrame.HandOver("c", HandOverAction.CLAIM, null, null, null)));
    assertThat(decode(fromWidget, "{'type':'ping'}"))
        .isEqualTo(new Understood(null, new ClientFrame.Ping()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{'type':'chat_message'}               | UNKNOWN_TYPE",
        "{'type':7}                            | INVALID_VALUE",
        "{'type':'handoff','state':'me'}       | INVALID_VALUE",
        "{}                                    | INVALID_VALUE",
        "{'text':' '}                          | EMPTY_MESSAGE",
        "{'text':'12345678901'}                | MESSAGE_TOO_LONG",
        "{'sender':'manager','text':'hi'}      | INVALID_VALUE",
        "{'sender':'system','text':'hi'}       | INVALID_VALUE",
        "{'text':'hi','client_id':''}          | INVALID_VALUE",
        "nonsense                              | INVALID_FRAME"
      })
  void othersAreRefused(String text, ErrorCode code) {
    assertThat(decode(fromWidget, text)).isInstanceOf(Refused.class);
    assertThat(((Refused) decode(fromWidget, text)).code()).isEqualTo(code);
  }

  @Test
  void whatFailsNamesTheSendersIdOfIt() {
    assertThat(decode(fromWidget, "{'text':' ','client_id':'k'}").frameId()).isEqualTo("k");
    assertThat(
            told(
                toWidget.translate(
                    V1Frames.error("k", ErrorCode.CONVERSATION_CLOSED, "over", null, null))))
        .containsExactly(
            "{'type':'error','code':'CONVERSATION_CLOSED','message':'over','client_id':'k'}");
  }

  @Test
  void aVisitorsMessageGoesToThePanelsAlone() {
    Frame said = message("message_received", "user", "complete", "hi");

    assertThat(told(toPanel.translate(said)))
        .containsExactly("{'id':'m','sender':'user','text':'hi','timestamp':'t','client_id':'k'}");
    assertThat(told(toWidget.translate(said))).isEmpty();
    assertThat(told(streaming.translate(said))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"assistant,assistant", "operator,manager", "system,system"})
  void allOthersGoToBothSides(String messageType, String sender) {
    for (DialogFrames side : List.of(toPanel, toWidget, streaming)) {
      for (String type : List.of("message_received", "stream_complete")) {
        assertThat(told(side.translate(message(type, messageType, "complete", "hi"))))
            .containsExactly(
                "{'id':'m','sender':'" + sender + "','text':'hi','timestamp':'t','client_id':'k'}");
      }
    }
  }

  @Test
  void whatSaysNothingIsNotTold() {
    for (DialogFrames side : List.of(toPanel, toWidget)) {
      assertThat(told(side.translate(message("message_received", "system", "deleted", "x"))))
          .isEmpty();
      assertThat(told(side.translate(message("stream_complete", "assistant", "stopped", ""))))
          .isEmpty();
    }
  }

  @Test
  void aChangeOfWhoAnswersIsSaidAndThenExplained() {
    Frame handoff =
        v1(
            "{'type':'handoff','data':{'seq':4,'owner':'operator','message':{'id':'m',"
                + "'message_type':'system','content':'Ann answers.','status':'complete',"
                + "'created_at':'t'}}}");

    for (DialogFrames side : List.of(toPanel, toWidget)) {
      assertThat(told(side.translate(handoff)))
          .containsExactly(
              "{'type':'handoff','state':'operator'}",
              "{'id':'m','sender':'system','text':'Ann answers.','timestamp':'t'}");
    }
  }

  @Test
  void repliesAreStreamedToThoseWhoAsked() {
    Frame.Text text = V1Frames.streamContent("c", "m", 3, "abc");

    assertThat(told(streaming.translate(text)))
        .containsExactly("{'type':'stream','id':'m','delta':'abc'}");
    assertThat(told(toWidget.translate(text))).isEmpty();
    assertThat(DialogFrames.delta(text, "abcdef").json().toString())
        .isEqualTo("{\"type\":\"stream\",\"id\":\"m\",\"delta\":\"abcdef\"}");
  }

  @Test
  void typingIsToldToTheOtherSide() {
    assertThat(told(toPanel.translate(typing("visitor"))))
        .containsExactly("{'type':'typing_start'}");
    assertThat(told(toPanel.translate(typing(null)))).isEmpty();
    assertThat(told(toPanel.translate(typing("assistant")))).isEmpty();
    assertThat(told(toWidget.translate(typing("visitor")))).isEmpty();
    assertThat(told(toWidget.translate(typing(null)))).containsExactly("{'type':'typing_start'}");
    assertThat(told(toWidget.translate(typing("assistant"))))
        .containsExactly("{'type':'typing_start'}");
  }

  @Test
  void whoNamedTheirMessageLearnsThatItIsStored() {
    assertThat(told(toWidget.translate(V1Frames.messageAck("k", "k", "m", "c", 3))))
        .containsExactly("{'type':'ack','client_id':'k','message_id':'m'}");
    assertThat(told(toWidget.translate(V1Frames.messageAck(null, "ours", "m", "c", 3)))).isEmpty();
    assertThat(told(toWidget.translate(V1Frames.pong(null)))).containsExactly("{'type':'pong'}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "joined",
        "message_added",
        "message_updated",
        "message_deleted",
        "conversation_updated",
        "stream_start",
        "presence",
        "read_receipt",
        "ack",
        "reconnect",
        "tool_call",
        "tool_result"
      })
  void theRestOfV1IsLeftOut(String type) {
    Frame frame = v1("{'type':'" + type + "','data':{}}");

    assertThat(told(toPanel.translate(frame))).isEmpty();
    assertThat(told(toWidget.translate(frame))).isEmpty();
  }
}
