package dev.confab.systemtests.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.systemtests.client.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The operators of the tested suite: made with it, signed in when they are needed first, and again
 * before their tokens end.
 */
final class Staff {
  private static final int OPERATORS = 50;
  private static final int AT_ONCE = 4;
  private static final Duration TOKENS_GOOD_FOR = Duration.ofMinutes(6);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Person> signedIn = new ArrayList<>();
  private long signedInNanos;

  /** Writes the accounts of a suite that is going to be started in this home. */
  static void writeAccounts(Path home) throws IOException {
    List<Map<String, Object>> accounts = new ArrayList<>();
    accounts.add(account("admin", "admin"));
    accounts.add(account("operator", "operator"));
    accounts.add(account("demo", "user"));
    for (int i = 1; i <= OPERATORS; i++) {
      accounts.add(account("agent" + i, "operator"));
    }
    Path file =
        Files.createFile(
            home.resolve("accounts.json"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    JSON.writeValue(file.toFile(), accounts);
  }

  private static Map<String, Object> account(String name, String role) {
    return Map.of(
        "username",
        name,
        "email",
        name + "@confab.example",
        "password",
        UUID.randomUUID().toString(),
        "roles",
        List.of(role));
  }

  /** The first so many operators. */
  synchronized List<Person> operators(int count, SuiteStatus status, Rest rest) {
    if (System.nanoTime() - signedInNanos > TOKENS_GOOD_FOR.toNanos()) {
      signedIn.clear();
      signedInNanos = System.nanoTime();
    }
    List<SuiteStatus.Account> accounts =
        status.accounts().stream().filter(a -> a.roles().contains("operator")).toList();
    if (accounts.size() < count) {
      throw new IllegalStateException("the suite has " + accounts.size() + " operators only");
    }
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Person>> more =
          accounts.subList(signedIn.size(), Math.max(count, signedIn.size())).stream()
              .map(account -> workers.submit(() -> rest.login(person(account))))
              .toList();
      for (Future<Person> each : more) {
        signedIn.add(each.get());
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("an operator could not sign in", e);
    }
    return List.copyOf(signedIn.subList(0, count));
  }

  static Person person(SuiteStatus.Account account) {
    return new Person("", account.username(), account.password(), "", "");
  }
}
