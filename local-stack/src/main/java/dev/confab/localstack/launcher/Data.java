package dev.confab.localstack.launcher;

import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Everything a suite remembers. */
record Data(Home home) {
  /** Deletes databases, topics, accounts and passwords; logs and copies of programs stay. */
  void delete() {
    try {
      Home.deleteTree(home.data());
      Files.deleteIfExists(home.path().resolve("secrets.json"));
      Files.deleteIfExists(home.path().resolve("accounts.json"));
      Files.createDirectories(home.data());
    } catch (IOException | UncheckedIOException e) {
      throw new StackFailure("Cannot delete the data in " + home.path(), "delete it by hand", e);
    }
  }
}
