package dev.confab.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Participant;
import dev.confab.contracts.chat.Settings;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  @Test
  void conversationHasTheProtocolsFields() throws Exception {
    var conversation =
        new Conversation(
            "c1",
            "room",
            "Team",
            "member",
            0,
            null,
            null,
            null,
            null,
            Settings.DEFAULTS,
            List.of(new Participant("u1", "Ada", "host", null)),
            1,
            7,
            "h1",
            "hello",
            false,
            true,
            Instant.parse("2026-01-02T03:04:05Z"),
            Instant.parse("2026-01-02T03:04:05Z"));
    var json = JSON.writeValueAsString(conversation);
    assertThat(json)
        .isEqualTo(
            """
            {"id":"c1","kind":"room","title":"Team","owner":"member","owner_epoch":0,"settings":{},\
            "participants":[{"user_id":"u1","name":"Ada","role":"host"}],"participant_count":1,\
            "last_seq":7,"history":"h1","last_message_preview":"hello","sensitive":false,\
            "is_active":true,"created_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T03:04:05Z"}""");
    assertThat(JSON.readValue(json, Conversation.class)).isEqualTo(conversation);
  }
}
