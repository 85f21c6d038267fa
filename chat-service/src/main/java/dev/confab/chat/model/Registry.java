package dev.confab.chat.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.conversation.Instants;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Writes;
import dev.confab.chat.model.ModelReport.ProviderReport;
import dev.confab.chat.model.Reconciliation.KnownProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The models in the database, which all replicas share. */
@ApplicationScoped
class Registry {
  private record Head(long version, Map<String, String> aliases) {}

  private static final TypeReference<Map<String, String>> ALIASES = new TypeReference<>() {};
  private static final String HEAD = "SELECT version, aliases::text AS aliases FROM model_registry";
  private static final String MODELS =
      "SELECT provider, id, position, context_length, is_default, is_active, first_seen, retired_at"
          + " FROM models ORDER BY position, provider, id";
  private static final String PROVIDERS = "SELECT name, listed_at, seen_at FROM model_providers";
  private static final String PUT_MODEL =
      "INSERT INTO models (provider, id, position, context_length, is_default, is_active,"
          + " first_seen, retired_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (provider, id) DO UPDATE SET position = EXCLUDED.position,"
          + " context_length = EXCLUDED.context_length, is_default = EXCLUDED.is_default,"
          + " is_active = EXCLUDED.is_active, retired_at = EXCLUDED.retired_at";
  private static final String PUT_PROVIDER =
      "INSERT INTO model_providers AS p (name, listed_at, seen_at) VALUES (?, ?, ?)"
          + " ON CONFLICT (name) DO UPDATE SET seen_at = EXCLUDED.seen_at,"
          + " listed_at = COALESCE(EXCLUDED.listed_at, p.listed_at)";
  private static final String PUT_HEAD =
      "UPDATE model_registry SET version = version + 1, aliases = ?::jsonb";

  private final Reads reads;
  private final Writes writes;
  private final ObjectMapper json;
  private final ChatConfig.Models config;

  Registry(Reads reads, Writes writes, ObjectMapper json, ChatConfig config) {
    this.reads = reads;
    this.writes = writes;
    this.json = json;
    this.config = config.models();
  }

  /** The catalog as it stands, or the one at hand if it is still that one. */
  Catalog newerThan(Catalog known) {
    long version = reads.plain(connection -> head(connection, HEAD)).version();
    return version == known.version()
        ? known
        : reads.snapshot(
            connection -> {
              Head head = head(connection, HEAD);
              return new Catalog(head.version(), models(connection), head.aliases());
            });
  }

  /** Takes a report in; one replica at a time. The same report again changes nothing. */
  Reconciliation take(ModelReport report) {
    return writes.run(
        connection -> {
          Head head = head(connection, HEAD + " FOR UPDATE");
          Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
          Reconciliation result =
              Reconciliation.of(
                  models(connection), providers(connection), report, now, config.goneAfter());
          putModels(connection, result.models());
          putProviders(connection, report, result, now);
          if (result.changesModels() || !head.aliases().equals(report.aliases())) {
            putHead(connection, report.aliases());
          }
          return result;
        });
  }

  private Head head(Connection connection, String sql) throws SQLException {
    return Reads.first(
            connection,
            sql,
            rows -> new Head(rows.getLong("version"), aliases(rows.getString("aliases"))))
        .orElseThrow();
  }

  private Map<String, String> aliases(String text) {
    try {
      return json.readValue(text, ALIASES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored aliases cannot be read", e);
    }
  }

  private static List<ListedModel> models(Connection connection) throws SQLException {
    return Reads.all(connection, MODELS, Registry::model);
  }

  private static ListedModel model(ResultSet rows) throws SQLException {
    return new ListedModel(
        rows.getString("provider"),
        rows.getString("id"),
        rows.getInt("position"),
        rows.getObject("context_length", Integer.class),
        rows.getBoolean("is_default"),
        rows.getBoolean("is_active"),
        Instants.read(rows, "first_seen"),
        Instants.read(rows, "retired_at"));
  }

  private static Map<String, KnownProvider> providers(Connection connection) throws SQLException {
    Map<String, KnownProvider> providers = new HashMap<>();
    Reads.all(
        connection,
        PROVIDERS,
        rows ->
            providers.put(
                rows.getString("name"),
                new KnownProvider(
                    Instants.read(rows, "listed_at"), Instants.read(rows, "seen_at"))));
    return providers;
  }

  private static void putModels(Connection connection, List<ListedModel> models)
      throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT_MODEL)) {
      for (ListedModel model : models) {
        put.setString(1, model.provider());
        put.setString(2, model.id());
        put.setInt(3, model.position());
        put.setObject(4, model.contextLength());
        put.setBoolean(5, model.isDefault());
        put.setBoolean(6, model.isActive());
        put.setObject(7, Instants.parameter(model.firstSeen()));
        put.setObject(8, Instants.parameter(model.retiredAt()));
        put.addBatch();
      }
      put.executeBatch();
    }
  }

  private static void putProviders(
      Connection connection, ModelReport report, Reconciliation result, Instant now)
      throws SQLException {
    Set<String> named = new HashSet<>();
    report.providers().stream().map(ProviderReport::name).forEach(named::add);
    report.models().forEach(model -> named.add(model.provider()));
    try (PreparedStatement put = connection.prepareStatement(PUT_PROVIDER)) {
      for (String name : named) {
        put.setString(1, name);
        put.setObject(2, Instants.parameter(result.listings().get(name)));
        put.setObject(3, Instants.parameter(now));
        put.addBatch();
      }
      put.executeBatch();
    }
  }

  private void putHead(Connection connection, Map<String, String> aliases) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT_HEAD)) {
      put.setString(1, json.writeValueAsString(aliases));
      put.executeUpdate();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("aliases cannot be written", e);
    }
  }
}
