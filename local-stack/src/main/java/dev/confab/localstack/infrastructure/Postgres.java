package dev.confab.localstack.infrastructure;

import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.Part;
import dev.confab.localstack.process.Ports;
import dev.confab.localstack.process.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server that keeps what it has acknowledged, as a real one would. */
public final class Postgres implements Part {
  private static final String ADMINISTRATOR = "postgres";
  private static final long INITDB_SECONDS = 120;

  private final Home home;
  private final int port;
  private final Binaries binaries;
  private final Secrets secrets;
  private volatile boolean provisioned;

  Postgres(Home home, int port, Binaries binaries, Secrets secrets) {
    this.home = home;
    this.port = port;
    this.binaries = binaries;
    this.secrets = secrets;
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public List<Integer> ports() {
    return List.of(port);
  }

  @Override
  public String portSetting() {
    return "CONFAB_POSTGRES_PORT";
  }

  @Override
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port;
  }

  @Override
  public String marker() {
    return folder().toString();
  }

  /** Access of a service to its own database, such as {@code confab_auth}. */
  public DatabaseAccess access(String database) {
    return new DatabaseAccess(url() + "/" + database, database, secrets.of(database));
  }

  @Override
  public void prepare() {
    provisioned = false;
    if (!Files.exists(folder().resolve("PG_VERSION"))) {
      initialise();
    }
    removeStaleLock();
  }

  @Override
  public List<String> command() {
    List<String> command = new ArrayList<>(asOrdinaryUser());
    command.addAll(List.of(program("postgres"), "-D", folder().toString()));
    List<String> settings =
        List.of(
            "port=" + port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "max_connections=200",
            "shared_buffers=64MB",
            "timezone=UTC",
            "log_min_messages=warning");
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    return command;
  }

  @Override
  public boolean ready() {
    if (!Ports.answers(port)) {
      return false;
    }
    if (!provisioned) {
      provisioned = provision();
    }
    return provisioned;
  }

  @Override
  public boolean answers() {
    return Ports.answers(port);
  }

  private boolean provision() {
    DatabaseAccess administrator =
        new DatabaseAccess(url() + "/postgres", ADMINISTRATOR, secrets.of(ADMINISTRATOR));
    try {
      new Databases(administrator)
          .ensure(
              List.of(
                  new Databases.Database("confab_auth", secrets.of("confab_auth")),
                  new Databases.Database("confab_chat", secrets.of("confab_chat"))));
      return true;
    } catch (SQLException e) {
      if ("28P01".equals(e.getSQLState())) {
        throw new StackFailure(
            "PostgreSQL under " + folder() + " has another password than secrets.json",
            "restore that file, or start with --fresh",
            e);
      }
      return false;
    }
  }

  private void initialise() {
    Path passwordFile = home.run().resolve("initdb.password");
    Home.writePrivately(passwordFile, secrets.of(ADMINISTRATOR));
    try {
      Home.deleteTree(folder());
      Files.createDirectories(folder());
      List<String> command = new ArrayList<>(asOrdinaryUser());
      command.addAll(List.of(program("initdb"), "-D", folder().toString()));
      command.addAll(List.of("-U", ADMINISTRATOR, "--pwfile=" + passwordFile));
      command.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8"));
      command.addAll(List.of("--locale-provider=builtin", "--locale=C.UTF-8"));
      run(command);
    } catch (IOException e) {
      throw new StackFailure("Cannot make a database in " + folder(), "is the disk full?", e);
    } finally {
      passwordFile.toFile().delete();
    }
  }

  private void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.log(name()).toFile()))
            .start();
    try {
      if (!process.waitFor(INITDB_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        Home.deleteTree(folder());
        throw new StackFailure("PostgreSQL could not make its files", "see " + home.log(name()));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted", "start again", e);
    }
  }

  /**
   * After a hard end the lock names a pid that may since belong to anyone. No server of ours runs
   * here by now, so the lock means nothing.
   */
  private void removeStaleLock() {
    try {
      Files.deleteIfExists(folder().resolve("postmaster.pid"));
    } catch (IOException e) {
      throw new StackFailure("Cannot remove the stale lock in " + folder(), "remove it", e);
    }
  }

  /** PostgreSQL refuses to run as root; in a user namespace of its own, root is nobody special. */
  private static List<String> asOrdinaryUser() {
    return "root".equals(System.getProperty("user.name")) ? List.of("unshare", "-U") : List.of();
  }

  private String program(String name) {
    return binaries.postgres().resolve("bin").resolve(name).toString();
  }

  private Path folder() {
    return home.data().resolve("postgres");
  }
}
