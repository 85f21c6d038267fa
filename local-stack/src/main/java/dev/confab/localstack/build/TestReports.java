package dev.confab.localstack.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Counts what Maven's test reports of one run say. */
public final class TestReports {
  private static final Pattern SUITE = Pattern.compile("<testsuite [^>]*>", Pattern.DOTALL);
  private static final List<String> FOLDERS = List.of("surefire-reports", "failsafe-reports");

  private final Path root;
  private final long sinceMillis;

  /**
   * @param sinceMillis older reports are not this run's
   */
  public TestReports(Path root, long sinceMillis) {
    this.root = root;
    this.sinceMillis = sinceMillis;
  }

  /** For people. */
  public String summary() {
    int tests = 0;
    int failed = 0;
    int skipped = 0;
    for (Path report : reports()) {
      String suite = head(report);
      tests += number(suite, "tests");
      failed += number(suite, "failures") + number(suite, "errors");
      skipped += number(suite, "skipped");
    }
    return "%d tests, %d failed, %d skipped".formatted(tests, failed, skipped);
  }

  private List<Path> reports() {
    try (Stream<Path> modules = Files.list(root)) {
      return modules
          .flatMap(module -> FOLDERS.stream().map(module.resolve("target")::resolve))
          .filter(Files::isDirectory)
          .flatMap(TestReports::list)
          .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
          .filter(this::isNew)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private boolean isNew(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis() >= sinceMillis;
    } catch (IOException e) {
      return false;
    }
  }

  private static String head(Path report) {
    try {
      Matcher matcher = SUITE.matcher(Files.readString(report));
      return matcher.find() ? matcher.group() : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static int number(String suite, String attribute) {
    Matcher matcher = Pattern.compile("\\s" + attribute + "=\"(\\d+)\"").matcher(suite);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
