package dev.confab.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.ReplyCancelled;
import dev.confab.contracts.ai.ReplyRecord;
import dev.confab.contracts.auth.SessionEvent;
import dev.confab.contracts.auth.UserEvent;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatEvent;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What may lie on a topic already must stay readable, and is written as it was. */
class RecordSamplesTest {
  private static final ObjectMapper JSON = SamplesTest.JSON;

  private static final String MESSAGE =
      """
      {"id":"m1","conversation_id":"c1","seq":2,"changed_seq":3,"message_type":"assistant",
       "kind":"ai_response","sender_id":"default","sender_name":"Assistant","content":"Hi",
       "reply_to":"m0","status":"complete","finish_reason":"stop","model":"small",
       "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3},
       "created_at":"2026-01-02T03:04:05Z"}""";

  static Stream<Arguments> samples() {
    return Stream.of(
        Arguments.of(
            ChatCommand.class,
            """
            {"type":"send_message","command_id":"k1","conversation_id":"c1",
             "actor":{"user_id":"u1","name":"Ada","roles":["user"]},
             "origin":{"gateway":"g1","connection":"n1"},"client_id":"x1","content":"Hi",
             "reply_to":"m0","assistant_id":"small"}"""),
        Arguments.of(
            ChatCommand.class,
            """
            {"type":"stop_reply","command_id":"k1","conversation_id":"c1",
             "actor":{"user_id":"u1","name":"Ada","roles":["user"]},
             "origin":{"gateway":"g1","connection":"n1"},"message_id":"m1"}"""),
        Arguments.of(
            ChatEvent.class,
            """
            {"type":"message_added","conversation_id":"c1","seq":2,"message":%s,
             "participants":["u1"],"command_id":"k1",
             "origin":{"gateway":"g1","connection":"n1"}}"""
                .formatted(MESSAGE)),
        Arguments.of(
            ChatEvent.class,
            """
            {"type":"reply_opened","conversation_id":"c1","seq":2,
             "reply":{"seq":2,"message_id":"m1","reply_to":"m0","assistant_id":"default"},
             "participants":["u1"]}"""),
        Arguments.of(
            ChatEvent.class,
            """
            {"type":"reply_ended","conversation_id":"c1","seq":3,"message":%s,
             "participants":["u1"]}"""
                .formatted(MESSAGE)),
        Arguments.of(
            ChatEvent.class,
            """
            {"type":"command_rejected","conversation_id":"c1","code":"NOT_FOUND",
             "message":"No such message.","field":"message_id","command_id":"k1"}"""),
        Arguments.of(
            ChatEvent.class,
            """
            {"type":"dialog_changed","conversation_id":"c1"}"""),
        Arguments.of(
            ReplyRecord.class,
            """
            {"type":"started","conversation_id":"c1","message_id":"m1","attempt":1,
             "runner":"r1"}"""),
        Arguments.of(
            ReplyRecord.class,
            """
            {"type":"delta","conversation_id":"c1","message_id":"m1","attempt":1,"runner":"r1",
             "offset":0,"text":"Hi"}"""),
        Arguments.of(
            ReplyRecord.class,
            """
            {"type":"tool_called","conversation_id":"c1","message_id":"m1","attempt":1,
             "runner":"r1","call_id":"t1","name":"clock","arguments":"{}"}"""),
        Arguments.of(
            ReplyRecord.class,
            """
            {"type":"tool_result","conversation_id":"c1","message_id":"m1","attempt":1,
             "runner":"r1","call_id":"t1","ok":true,"summary":"noon"}"""),
        Arguments.of(
            ReplyRecord.class,
            """
            {"type":"completed","conversation_id":"c1","message_id":"m1","attempt":1,
             "runner":"r1","length":2,"model":"small","reason":"failed",
             "error":"AI_UNAVAILABLE"}"""),
        Arguments.of(
            ReplyRecord.class,
            """
            {"type":"fenced","conversation_id":"c1","message_id":"m1","attempt":1,
             "ends":true}"""),
        Arguments.of(
            CompletionRequested.class,
            """
            {"conversation_id":"c1","message_id":"m1","attempt":1,"assistant_id":"default",
             "user_id":"u1","settings":{"temperature":0.5},
             "turns":[{"role":"user","name":"Ada","content":"Hi"}],"text_so_far":"",
             "deadline":"2026-01-02T03:04:05Z"}"""),
        Arguments.of(
            ReplyCancelled.class,
            """
            {"conversation_id":"c1","message_id":"m1","attempt":1}"""),
        Arguments.of(
            SessionEvent.class,
            """
            {"type":"session_revoked","session_id":"s1","user_id":"u1",
             "expires_at":"2026-01-02T03:04:05Z"}"""),
        Arguments.of(
            UserEvent.class,
            """
            {"type":"default_model_chosen","user_id":"u1","default_model":"small",
             "changed_at":"2026-01-02T03:04:05Z"}"""));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isReadAndWrittenAsItWas(Class<?> contract, String sample) throws Exception {
    var read = JSON.readValue(sample, contract);

    assertThat(JSON.readTree(JSON.writeValueAsString(read))).isEqualTo(JSON.readTree(sample));
  }
}
