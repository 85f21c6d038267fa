package dev.confab.localstack.configuration;

import dev.confab.localstack.process.StackFailure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the environment says: variables of the process first, then those of the {@code .env} file.
 * An empty variable counts as not set.
 */
public final class Settings {
  private final Map<String, String> variables;

  private Settings(Map<String, String> variables) {
    this.variables = variables;
  }

  /**
   * Reads the {@code .env} file of the working copy, or the one named by {@code CONFAB_ENV_FILE}.
   */
  public static Settings of(Map<String, String> environment, Path root) {
    String file = environment.getOrDefault("CONFAB_ENV_FILE", "");
    return of(environment, DotEnv.read(file.isBlank() ? root.resolve(".env") : Path.of(file)));
  }

  static Settings of(Map<String, String> environment, Map<String, String> dotEnv) {
    Map<String, String> all = new LinkedHashMap<>();
    dotEnv.forEach((name, value) -> putUnlessBlank(all, name, value));
    environment.forEach((name, value) -> putUnlessBlank(all, name, value));
    return new Settings(all);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /** The first of these variables that is set. */
  public Optional<String> firstOf(String... names) {
    for (String name : names) {
      if (variables.containsKey(name)) {
        return text(name);
      }
    }
    return Optional.empty();
  }

  /** A whole number of at least 0. */
  public int number(String name, int usual) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return usual;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, together with negative numbers.
    }
    throw new StackFailure(name + " is no whole number", "set one, or leave it out");
  }

  /** All variables whose name passes. */
  public Map<String, String> all(Predicate<String> name) {
    Map<String, String> chosen = new LinkedHashMap<>();
    variables.forEach(
        (key, value) -> {
          if (name.test(key)) {
            chosen.put(key, value);
          }
        });
    return chosen;
  }

  private static void putUnlessBlank(Map<String, String> all, String name, String value) {
    if (!value.isBlank()) {
      all.put(name, value);
    }
  }

  /** Values may be secrets. */
  @Override
  public String toString() {
    return "Settings" + variables.keySet();
  }
}
