package dev.confab.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.HandOverAction;
import dev.confab.gateway.dialect.Decoded.Refused;
import dev.confab.gateway.dialect.Decoded.Understood;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class V1DecoderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final V1Decoder decoder = new V1Decoder(new FrameJson(65_536, 32), 100);

  private ClientFrame understood(String text) {
    Decoded decoded = decoder.decode(text.replace('\'', '"'), null);
    assertThat(decoded).isInstanceOf(Understood.class);
    return ((Understood) decoded).frame();
  }

  private Refused refused(String text) {
    Decoded decoded = decoder.decode(text.replace('\'', '"'), null);
    assertThat(decoded).isInstanceOf(Refused.class);
    return (Refused) decoded;
  }

  @Test
  void aWishToHandOverNamesItsAction() {
    assertThat(
            understood(
                "{'type':'hand_over','data':{'conversation_id':'c','action':'hand_back','reason':'done'}}"))
        .isEqualTo(new ClientFrame.HandOver("c", HandOverAction.HAND_BACK, null, null, "done"));
    assertThat(
            refused("{'type':'hand_over','data':{'conversation_id':'c','action':'steal'}}").field())
        .isEqualTo("action");
    assertThat(refused("{'type':'hand_over','data':{'action':'claim'}}").field())
        .isEqualTo("conversation_id");
  }

  @Test
  void everyFrameOfTheProtocolIsUnderstood() {
    assertThat(understood("{'type':'auth','token':'t'}")).isEqualTo(new ClientFrame.Auth("t"));
    assertThat(understood("{'type':'ping'}")).isEqualTo(new ClientFrame.Ping());
    assertThat(
            understood(
                "{'type':'join_conversation','data':{'conversation_id':'c','after_seq':7,'history':'h'}}"))
        .isEqualTo(new ClientFrame.Join("c", 7L, "h"));
    assertThat(understood("{'type':'join_conversation','data':{'conversation_id':'c'}}"))
        .isEqualTo(new ClientFrame.Join("c", null, null));
    assertThat(understood("{'type':'leave_conversation','data':{'conversation_id':'c'}}"))
        .isEqualTo(new ClientFrame.Leave("c"));
    assertThat(
            understood(
                "{'type':'send_message','data':{'conversation_id':'c','content':'hi','message_type':'user','client_id':'k','reply_to':'m','assistant_id':'a/b:1','later':1}}"))
        .isEqualTo(new ClientFrame.Send("c", "hi", "k", "m", "a/b:1"));
    assertThat(
            understood(
                "{'type':'stream_response','data':{'conversation_id':'c','message_id':'m'}}"))
        .isEqualTo(new ClientFrame.RequestReply("c", "m", null));
    assertThat(
            understood("{'type':'stop_response','data':{'conversation_id':'c','message_id':'m'}}"))
        .isEqualTo(new ClientFrame.StopReply("c", "m"));
    assertThat(
            understood(
                "{'type':'edit_message','data':{'conversation_id':'c','message_id':'m','content':'x'}}"))
        .isEqualTo(new ClientFrame.Edit("c", "m", "x"));
    assertThat(
            understood("{'type':'delete_message','data':{'conversation_id':'c','message_id':'m'}}"))
        .isEqualTo(new ClientFrame.Delete("c", "m"));
    assertThat(
            understood(
                "{'type':'react','data':{'conversation_id':'c','message_id':'m','emoji':'👍','on':true}}"))
        .isEqualTo(new ClientFrame.React("c", "m", "👍", true));
    assertThat(understood("{'type':'typing','data':{'conversation_id':'c','is_typing':false}}"))
        .isEqualTo(new ClientFrame.Typing("c", false));
    assertThat(understood("{'type':'typing_start','data':{'conversation_id':'c'}}"))
        .isEqualTo(new ClientFrame.Typing("c", true));
    assertThat(understood("{'type':'typing_stop','data':{'conversation_id':'c'}}"))
        .isEqualTo(new ClientFrame.Typing("c", false));
    assertThat(understood("{'type':'mark_read','data':{'conversation_id':'c','seq':3}}"))
        .isEqualTo(new ClientFrame.MarkRead("c", 3));
  }

  @Test
  void theFrameIdIsKept() {
    assertThat(decoder.decode("{\"type\":\"ping\",\"id\":\"7\"}", null).frameId()).isEqualTo("7");
    assertThat(decoder.decode("{\"type\":\"dance\",\"id\":\"8\"}", null).frameId()).isEqualTo("8");
    assertThat(refused("{'type':'ping','id':9}").field()).isEqualTo("id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "7",
        "[]",
        "'ping'",
        "{",
        "{'type':'ping'} {}",
        "{'type':'ping','type':'ping'}",
        "{'type':NaN}",
        "{type:'ping'}"
      })
  void whatIsNoFrameIsRefused(String text) {
    assertThat(refused(text).code()).isEqualTo(ErrorCode.INVALID_FRAME);
  }

  @Test
  void depthIsBounded() {
    String at = "{'type':'ping','x':" + "[".repeat(31) + "]".repeat(31) + "}";
    String beyond = "{'type':'ping','x':" + "[".repeat(32) + "]".repeat(32) + "}";
    assertThat(understood(at)).isEqualTo(new ClientFrame.Ping());
    assertThat(refused(beyond).code()).isEqualTo(ErrorCode.INVALID_FRAME);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'type':7}|INVALID_VALUE|type",
        "{'type':'dance'}|UNKNOWN_TYPE|type",
        "{'type':'auth'}|INVALID_VALUE|token",
        "{'type':'auth','data':{'token':'t'}}|INVALID_VALUE|token",
        "{'type':'ping','data':[]}|INVALID_VALUE|data",
        "{'type':'join_conversation'}|INVALID_VALUE|conversation_id",
        "{'type':'join_conversation','conversation_id':'c'}|INVALID_VALUE|conversation_id",
        "{'type':'join_conversation','data':{'conversation_id':''}}|INVALID_VALUE|conversation_id",
        "{'type':'join_conversation','data':{'conversation_id':'a b'}}|NOT_FOUND|conversation_id",
        "{'type':'join_conversation','data':{'conversation_id':'c','after_seq':-1}}|INVALID_VALUE|after_seq",
        "{'type':'join_conversation','data':{'conversation_id':'c','after_seq':'1'}}|INVALID_VALUE|after_seq",
        "{'type':'join_conversation','data':{'conversation_id':'c','after_seq':1.5}}|INVALID_VALUE|after_seq",
        "{'type':'join_conversation','data':{'conversation_id':'c','after_seq':9223372036854775808}}|INVALID_VALUE|after_seq",
        "{'type':'mark_read','data':{'conversation_id':'c'}}|INVALID_VALUE|seq",
        "{'type':'react','data':{'conversation_id':'c','message_id':'m','on':true}}|INVALID_VALUE|emoji",
        "{'type':'react','data':{'conversation_id':'c','message_id':'m','emoji':'x'}}|INVALID_VALUE|on",
        "{'type':'typing','data':{'conversation_id':'c','is_typing':'yes'}}|INVALID_VALUE|is_typing",
        "{'type':'send_message','data':{'conversation_id':'c'}}|INVALID_VALUE|content",
        "{'type':'send_message','data':{'conversation_id':'c','content':''}}|EMPTY_MESSAGE|content",
        "{'type':'send_message','data':{'conversation_id':'c','content':' \\n'}}|EMPTY_MESSAGE|content",
        "{'type':'send_message','data':{'conversation_id':'c','content':'a\\u0000b'}}|INVALID_VALUE|content",
        "{'type':'send_message','data':{'conversation_id':'c','content':'a\\ud800'}}|INVALID_VALUE|content",
        "{'type':'send_message','data':{'conversation_id':'c','content':'x','message_type':'system'}}|INVALID_VALUE|message_type",
        "{'type':'send_message','data':{'conversation_id':'c','content':'x','client_id':5}}|INVALID_VALUE|client_id"
      })
  void badValuesNameCodeAndField(String text, ErrorCode code, String field) {
    Refused refused = refused(text);
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.field()).isEqualTo(field);
    assertThat(refused.message()).isNotBlank();
  }

  @Test
  void contentIsCountedInCharacters() {
    String send = "{'type':'send_message','data':{'conversation_id':'c','content':'%s'}}";
    assertThat(understood(send.formatted("😀".repeat(100)))).isNotNull();
    assertThat(refused(send.formatted("😀".repeat(101))).code())
        .isEqualTo(ErrorCode.MESSAGE_TOO_LONG);
    assertThat(refused(send.formatted("x".repeat(101))).code())
        .isEqualTo(ErrorCode.MESSAGE_TOO_LONG);
  }

  @Test
  void tokensPrintRedacted() {
    assertThat(new ClientFrame.Auth("secret").toString()).doesNotContain("secret");
  }

  @Property(tries = 500)
  void anyTextIsUnderstoodOrRefused(@ForAll String text) {
    assertThat(decoder.decode(text, null)).isNotNull();
  }

  @Property(tries = 500)
  void contentArrivesAsItWasSent(@ForAll @NotBlank @StringLength(max = 100) String content)
      throws Exception {
    String frame =
        JSON.writeValueAsString(
            Map.of(
                "type",
                "send_message",
                "data",
                Map.of("conversation_id", "c", "content", content)));
    if (decoder.decode(frame, null) instanceof Understood(String id, ClientFrame.Send send)) {
      assertThat(send.content()).isEqualTo(content);
    }
  }
}
