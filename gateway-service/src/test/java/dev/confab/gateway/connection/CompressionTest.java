package dev.confab.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate|true",
        "permessage-deflate; client_max_window_bits|true",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover|true",
        "permessage-deflate; server_max_window_bits=15|true",
        "permessage-deflate; server_max_window_bits=10|false",
        "permessage-deflate; server_max_window_bits=10, permessage-deflate|true",
        "permessage-deflate; unheard_of|false",
        "x-webkit-deflate-frame|false"
      })
  void offersAreTakenThatCanBeKept(String offer, boolean accepted) {
    assertThat(Compression.accepts(List.of(offer))).isEqualTo(accepted);
  }
}
