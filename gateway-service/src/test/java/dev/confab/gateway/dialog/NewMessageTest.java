package dev.confab.gateway.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.dialect.DialogSide;
import dev.confab.gateway.json.Json;
import dev.confab.gateway.rest.Refused;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewMessageTest {
  private static JsonNode json(String text) {
    return Json.tree(Buffer.buffer(text.replace('\'', '"')));
  }

  @Test
  void theSendersOwnIdIsWhereTheyPutIt() {
    NewMessage given = new NewMessage("hi", "k");

    assertThat(
            NewMessage.of(
                json("{'sender':'user','text':'hi','client_id':'k'}"), DialogSide.WIDGET, "x"))
        .isEqualTo(given);
    assertThat(NewMessage.of(json("{'text':'hi','id':'k'}"), DialogSide.PANEL, null))
        .isEqualTo(given);
    assertThat(NewMessage.of(json("{'text':'hi'}"), DialogSide.WIDGET, "k")).isEqualTo(given);
    assertThat(NewMessage.of(json("{'text':'hi'}"), DialogSide.WIDGET, null).clientId())
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'text':7}",
        "{'sender':'manager','text':'hi'}",
        "{'sender':7,'text':'hi'}",
        "{'text':'hi','client_id':''}"
      })
  void whatIsNoneIsRefused(String body) {
    assertThatThrownBy(() -> NewMessage.of(json(body), DialogSide.WIDGET, null))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.outcome().status()).isEqualTo(400));
  }
}
