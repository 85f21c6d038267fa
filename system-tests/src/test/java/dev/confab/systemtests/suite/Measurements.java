package dev.confab.systemtests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Figures of a run, printed and kept in {@code target/measurements.txt}. */
public final class Measurements {
  private static final Path FILE = Path.of("target", "measurements.txt");

  private Measurements() {}

  /** Notes a duration. */
  public static void duration(String what, Duration value) {
    note(what, value.toMillis() + " ms");
  }

  /** Notes a figure with its unit. */
  public static synchronized void note(String what, String value) {
    String line = "measured: " + what + ": " + value;
    System.out.println(line);
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(
          FILE,
          line + System.lineSeparator(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
