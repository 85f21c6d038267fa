package dev.confab.localstack.launcher;

import dev.confab.localstack.configuration.OutsidePostgres;
import dev.confab.localstack.configuration.OutsideServices;
import dev.confab.localstack.infrastructure.DatabaseAccess;
import dev.confab.localstack.infrastructure.OutsideDatabases;
import dev.confab.localstack.process.StackFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** Looks at the backing services that run elsewhere before anything is started. */
final class OutsideCheck {
  private static final int CONNECT_MILLIS = 3_000;

  private final OutsideServices outside;
  private final Terminal terminal;

  OutsideCheck(OutsideServices outside, Terminal terminal) {
    this.outside = outside;
    this.terminal = terminal;
  }

  /** Throws {@link StackFailure} when one does not answer. */
  void require() {
    outside.postgres().ifPresent(this::requireDatabases);
    outside.redis().ifPresent(url -> require("redis", "CONFAB_REDIS", url));
    outside
        .kafka()
        .ifPresent(servers -> require("kafka", "CONFAB_KAFKA", "kafka://" + servers.split(",")[0]));
  }

  private void requireDatabases(OutsidePostgres server) {
    DatabaseAccess access =
        new DatabaseAccess(server.jdbcUrl(server.database()), server.user(), server.password());
    DatabaseAccess usual =
        new DatabaseAccess(server.jdbcUrl("postgres"), server.user(), server.password());
    List<String> needed = List.of(server.database() + "_auth", server.database() + "_chat");
    OutsideDatabases.ensure(List.of(usual, access), needed);
    told("postgres", server.host() + ":" + server.port());
  }

  private void require(String name, String setting, String url) {
    URI uri = URI.create(url);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
    } catch (IOException | IllegalArgumentException e) {
      throw new StackFailure(
          "%s at %s:%d does not answer".formatted(name, uri.getHost(), uri.getPort()),
          "start it, or unset " + setting + " to use a local one",
          e);
    }
    told(name, uri.getHost() + ":" + uri.getPort());
  }

  private void told(String name, String where) {
    terminal.line("  %-14s outside        %s".formatted(name, where));
  }
}
