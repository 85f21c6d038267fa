package dev.confab.localstack.configuration;

import dev.confab.localstack.process.StackFailure;
import java.net.URI;
import java.util.Optional;

/**
 * A PostgreSQL server that runs elsewhere. Each service gets a database of its own on it, named
 * after the given one.
 *
 * @param database the given name; the services' are {@code <database>_auth} and {@code _chat}
 * @param parameters of the JDBC URL with their question mark, or empty
 */
public record OutsidePostgres(
    String host, int port, String database, String parameters, String user, String password) {
  private static final int USUAL_PORT = 5432;
  private static final String USUAL_DATABASE = "confab";

  static Optional<OutsidePostgres> of(Settings settings) {
    Optional<String> url = settings.text("CONFAB_POSTGRES_URL");
    if (url.isPresent()) {
      return url.map(text -> ofUrl(text, settings));
    }
    return settings
        .text("DB_HOST")
        .map(
            host ->
                new OutsidePostgres(
                    host,
                    settings.number("DB_PORT", USUAL_PORT),
                    settings.text("DB_NAME").orElse(USUAL_DATABASE),
                    "",
                    user(settings, ""),
                    password(settings, "")));
  }

  /** JDBC URL of a database on this server. */
  public String jdbcUrl(String name) {
    return "jdbc:postgresql://%s:%d/%s%s".formatted(host, port, name, parameters);
  }

  private static OutsidePostgres ofUrl(String text, Settings settings) {
    URI uri;
    try {
      uri = URI.create(text.replaceFirst("^jdbc:", ""));
    } catch (IllegalArgumentException e) {
      throw notUnderstood();
    }
    if (uri.getHost() == null || !uri.getScheme().startsWith("postgres")) {
      throw notUnderstood();
    }
    String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    String[] credentials =
        uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
    return new OutsidePostgres(
        uri.getHost(),
        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
        path.isEmpty() ? USUAL_DATABASE : path,
        uri.getQuery() == null ? "" : "?" + uri.getQuery(),
        user(settings, credentials.length > 0 ? credentials[0] : ""),
        password(settings, credentials.length > 1 ? credentials[1] : ""));
  }

  /** The URL itself may hold a password, so it is not repeated. */
  private static StackFailure notUnderstood() {
    return new StackFailure(
        "CONFAB_POSTGRES_URL is not understood", "write postgresql://user:password@host:5432/name");
  }

  private static String user(Settings settings, String given) {
    return given.isEmpty()
        ? settings.firstOf("CONFAB_POSTGRES_USER", "DB_USER").orElse("postgres")
        : given;
  }

  private static String password(Settings settings, String given) {
    return given.isEmpty()
        ? settings.firstOf("CONFAB_POSTGRES_PASSWORD", "DB_PASSWORD").orElse("")
        : given;
  }

  @Override
  public String toString() {
    return "OutsidePostgres[" + host + ":" + port + "/" + database + "]";
  }
}
