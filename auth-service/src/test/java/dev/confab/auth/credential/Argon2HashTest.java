package dev.confab.auth.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.auth.credential.Argon2Hash.Cost;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HashTest {
  private static final byte[] SALT = "somesalt".getBytes(StandardCharsets.US_ASCII);

  /** A vector of the reference implementation's own test suite. */
  @Test
  void computesWhatTheReferenceDoes() {
    var hash = Argon2Hash.of("password", new Cost(1 << 8, 2, 1), SALT);

    assertThat(hash.written())
        .isEqualTo(
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
  }

  @Test
  void survivesBeingWrittenAndRead() {
    var written = Argon2Hash.of("correct horse", new Cost(64, 1, 1), SALT).written();

    var read = Argon2Hash.parse(written).orElseThrow();

    assertThat(read.matches("correct horse")).isTrue();
    assertThat(read.matches("wrong horse")).isFalse();
  }

  @Test
  void printsNoHash() {
    var hash = Argon2Hash.of("correct horse", new Cost(64, 1, 1), SALT);

    assertThat(hash.toString()).isEqualTo("Argon2Hash[Cost[memoryKib=64, iterations=1, lanes=1]]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "$2a$10$abc", "$argon2i$v=19$m=64,t=1,p=1$c2FsdA$aGFzaA"})
  void knowsWhatIsNotItsOwn(String written) {
    assertThat(Argon2Hash.parse(written)).isEmpty();
  }
}
