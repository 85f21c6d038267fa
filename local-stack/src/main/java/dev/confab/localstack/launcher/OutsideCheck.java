package dev.confab.localstack.launcher;

import dev.confab.localstack.configuration.OutsidePostgres;
import dev.confab.localstack.configuration.OutsideServices;
import dev.confab.localstack.infrastructure.DatabaseAccess;
import dev.confab.localstack.infrastructure.OutsideDatabases;
import dev.confab.localstack.process.Ports;
import dev.confab.localstack.process.StackFailure;
import java.util.List;

/** Looks at the backing services that run elsewhere before anything is started. */
final class OutsideCheck {
  private final OutsideServices outside;
  private final Terminal terminal;

  OutsideCheck(OutsideServices outside, Terminal terminal) {
    this.outside = outside;
    this.terminal = terminal;
  }

  /** Throws {@link StackFailure} when one does not answer. */
  void require() {
    outside.addresses().forEach(this::require);
    outside.postgres().ifPresent(OutsideCheck::requireDatabases);
  }

  private static void requireDatabases(OutsidePostgres server) {
    DatabaseAccess access =
        new DatabaseAccess(server.jdbcUrl(server.database()), server.user(), server.password());
    DatabaseAccess usual =
        new DatabaseAccess(server.jdbcUrl("postgres"), server.user(), server.password());
    List<String> needed = List.of(server.database() + "_auth", server.database() + "_chat");
    OutsideDatabases.ensure(List.of(usual, access), needed);
  }

  private void require(OutsideServices.Address address) {
    String where = address.host() + ":" + address.port();
    if (!Ports.answers(address.host(), address.port())) {
      throw new StackFailure(
          address.name() + " at " + where + " does not answer",
          "start it, or unset " + address.setting() + " to use a local one");
    }
    terminal.line("  %-14s outside        %s".formatted(address.name(), where));
  }
}
