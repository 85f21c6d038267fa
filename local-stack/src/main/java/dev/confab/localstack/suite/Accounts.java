package dev.confab.localstack.suite;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.localstack.infrastructure.Secrets;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The three accounts of a home, in a file that only its owner may read. */
public final class Accounts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Secrets secrets;

  public Accounts(Home home, Secrets secrets) {
    this.file = home.path().resolve("accounts.json");
    this.secrets = secrets;
  }

  /** The file for auth-service, made when missing. */
  public Path ensure() {
    if (!Files.exists(file)) {
      List<Account> accounts =
          List.of(fresh("admin", "admin"), fresh("operator", "operator"), fresh("demo", "user"));
      try {
        Home.writePrivately(
            file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(accounts));
      } catch (IOException e) {
        throw new StackFailure("Cannot write " + file, "is the disk full?", e);
      }
    }
    return file;
  }

  /** All of them; none before the first start. */
  public List<Account> all() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return JSON.readValue(Files.readString(file), new TypeReference<List<Account>>() {});
    } catch (IOException e) {
      throw new StackFailure("Cannot read " + file, "restore it, or start with --fresh", e);
    }
  }

  private Account fresh(String username, String role) {
    String password = secrets.of("account-" + username);
    return new Account(username, username + "@confab.example", password, List.of(role));
  }
}
