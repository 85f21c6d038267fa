package dev.confab.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.auth.problem.ProblemException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountRulesTest {
  @Test
  void usernamesAreFoldedToLowerCase() {
    assertThat(AccountRules.username(" Ada.L_1-x ")).isEqualTo("ada.l_1-x");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "ab", "a b c", "a@b", "ädä", "0123456789012345678901234567890123"})
  void otherUsernamesAreRefused(String username) {
    assertRefused(AccountRules::username, username);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ada@Example.org", "a+b@localhost", "o'neill@mail.example.co.uk"})
  void addressesAreTaken(String email) {
    assertThat(AccountRules.email(email)).isEqualTo(email.toLowerCase());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "ada", "ada@", "@example.org", "a@b@c", "a b@c.d", "a@-b.c", "a@b..c"})
  void otherAddressesAreRefused(String email) {
    assertRefused(AccountRules::email, email);
  }

  @Test
  void namesAreCountedInCharactersThatPeopleSee() {
    var longest = "😀".repeat(64);

    assertThat(AccountRules.name(" " + longest + " ")).isEqualTo(longest);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "   ", "a\u0000b", "a\nb"})
  void otherNamesAreRefused(String name) {
    assertRefused(AccountRules::name, name);
  }

  @Test
  void aNameTooLongIsRefused() {
    assertRefused(AccountRules::name, "n".repeat(65));
  }

  @Test
  void anEmptyModelMeansTheDefault() {
    assertThat(AccountRules.defaultModel(" ")).isNull();
  }

  private static void assertRefused(UnaryOperator<String> rule, String value) {
    assertThatThrownBy(() -> rule.apply(value)).isInstanceOf(ProblemException.class);
  }
}
