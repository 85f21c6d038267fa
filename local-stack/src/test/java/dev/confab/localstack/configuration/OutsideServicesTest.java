package dev.confab.localstack.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.localstack.process.StackFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutsideServicesTest {
  @Test
  void nothingIsOutsideByItself() {
    OutsideServices outside = outside(Map.of());

    assertThat(outside.postgres()).isEmpty();
    assertThat(outside.redis()).isEmpty();
    assertThat(outside.kafka()).isEmpty();
  }

  @Test
  void readsAPostgresUrl() {
    String url = "postgresql://me:pass@db.example:6543/chat?sslmode=require";
    OutsidePostgres postgres = outside(Map.of("CONFAB_POSTGRES_URL", url)).postgres().orElseThrow();

    assertThat(postgres)
        .isEqualTo(
            new OutsidePostgres("db.example", 6543, "chat", "?sslmode=require", "me", "pass"));
    assertThat(postgres.jdbcUrl("chat_auth"))
        .isEqualTo("jdbc:postgresql://db.example:6543/chat_auth?sslmode=require");
  }

  @Test
  void readsAJdbcUrlWithCredentialsBesideIt() {
    OutsidePostgres postgres =
        outside(
                Map.of(
                    "CONFAB_POSTGRES_URL", "jdbc:postgresql://db.example",
                    "DB_USER", "me",
                    "DB_PASSWORD", "pass"))
            .postgres()
            .orElseThrow();

    assertThat(postgres)
        .isEqualTo(new OutsidePostgres("db.example", 5432, "confab", "", "me", "pass"));
  }

  @Test
  void readsTheCommonNames() {
    OutsideServices outside =
        outside(
            Map.of(
                "DB_HOST", "db",
                "DB_PORT", "1",
                "DB_NAME", "n",
                "DB_USER", "u",
                "DB_PASSWORD", "p",
                "REDIS_HOST", "cache"));

    assertThat(outside.postgres()).contains(new OutsidePostgres("db", 1, "n", "", "u", "p"));
    assertThat(outside.redis()).contains("redis://cache:6379");
  }

  @Test
  void ownNamesWin() {
    OutsideServices outside =
        outside(
            Map.of(
                "CONFAB_REDIS", "mine:1",
                "REDIS_HOST", "theirs",
                "CONFAB_POSTGRES_URL", "postgresql://mine/x",
                "DB_HOST", "theirs"));

    assertThat(outside.redis()).contains("redis://mine:1");
    assertThat(outside.postgres().orElseThrow().host()).isEqualTo("mine");
  }

  @Test
  void aUrlThatIsNoneIsNotRepeated() {
    assertThatThrownBy(() -> outside(Map.of("CONFAB_POSTGRES_URL", "mysql://u:hush@h/x")))
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("CONFAB_POSTGRES_URL")
        .hasMessageNotContaining("hush");
  }

  private static OutsideServices outside(Map<String, String> environment) {
    return OutsideServices.of(Settings.of(environment, Map.of()));
  }
}
