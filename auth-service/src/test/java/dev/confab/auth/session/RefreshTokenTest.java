package dev.confab.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {
  @Test
  void survivesBeingWrittenAndRead() {
    var token = RefreshToken.first();

    assertThat(RefreshToken.parse(token.written())).contains(token);
  }

  @Test
  void theNextKeepsTheFamilyAndChangesTheSecret() {
    var token = RefreshToken.first();

    var next = token.next();

    assertThat(next.familyHash()).isEqualTo(token.familyHash());
    assertThat(next.hasSecret(token.secretHash())).isFalse();
  }

  @Test
  void printsNothingOfItself() {
    var token = RefreshToken.first();

    assertThat(token.toString()).doesNotContain(token.family()).doesNotContain(token.secret());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.b", "not a token"})
  void knowsWhatIsNotItsOwn(String sent) {
    assertThat(RefreshToken.parse(sent)).isEmpty();
  }
}
