package dev.confab.chat;

import static io.restassured.RestAssured.given;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the {@link ModelServer} is to tell. */
final class ModelScript {
  private final String url;

  ModelScript(ChatConfig config) {
    this.url = config.aiUrls().get(config.aiUrls().size() - 1);
  }

  /** Providers with their models; the first model is the default. */
  static final class Report {
    private final List<Map<String, Object>> models = new ArrayList<>();
    private final List<Map<String, Object>> providers = new ArrayList<>();
    private Map<String, String> aliases = Map.of();

    Report provider(String name, String state, boolean listed, String... ids) {
      return provider(name, state, listed, Instant.now(), ids);
    }

    Report provider(String name, String state, boolean listed, Instant at, String... ids) {
      providers.add(
          Map.of("name", name, "state", state, "listed", listed, "listed_at", at.toString()));
      for (String id : ids) {
        models.add(
            Map.of(
                "id", id, "provider", name, "is_default", models.isEmpty(), "context_length", 42));
      }
      return this;
    }

    Report aliases(Map<String, String> all) {
      aliases = all;
      return this;
    }

    Map<String, Object> body() {
      return Map.of("models", models, "providers", providers, "aliases", aliases);
    }
  }

  void now(Report report) {
    put("now", report.body());
  }

  void next(Report report) {
    put("next", report.body());
  }

  void down() {
    put("down", Map.of());
  }

  private void put(String what, Object body) {
    given().baseUri(url).contentType("application/json").body(body).put("/script/" + what);
  }

  /** Leaves nothing behind that would decide which names other tests may use. */
  static void forgetAll(AgroalDataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "DELETE FROM models; DELETE FROM model_providers;"
              + " UPDATE model_registry SET version = version + 1, aliases = '{}'");
    }
  }
}
