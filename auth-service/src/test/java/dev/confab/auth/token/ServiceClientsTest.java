package dev.confab.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceClientsTest {
  @Test
  void readsIdsAndSecrets() {
    var clients = ServiceClients.parse("gateway=a=b, chat=c,");

    assertThat(clients).containsOnlyKeys("gateway", "chat");
    assertThat(clients.get("gateway")).isEqualTo(Sha256.of("a=b"));
  }

  @Test
  void nothingIsNobody() {
    assertThat(ServiceClients.parse("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "=secret", "gateway="})
  void refusesHalvesWithoutQuotingThem(String list) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServiceClients.parse(list))
        .withMessageNotContaining("secret,")
        .withMessageContaining("id=secret");
  }
}
