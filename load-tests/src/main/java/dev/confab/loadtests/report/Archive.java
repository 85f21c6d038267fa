package dev.confab.loadtests.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The runs that are kept in a folder, named by their time. */
public record Archive(Path folder) {

  /** The file of a run that began then. */
  public Path file(String startedAt) {
    return folder.resolve(startedAt.replace(':', '-') + ".json");
  }

  /** The latest kept run which has a scenario of this one with the same options. */
  public Optional<Run> latestLike(Run run) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted(Comparator.reverseOrder())
          .map(Archive::read)
          .filter(kept -> !kept.startedAt().equals(run.startedAt()))
          .filter(kept -> run.results().stream().anyMatch(kept::hasLike))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Run read(Path file) {
    try {
      return Run.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is not a run of the benchmark", e);
    }
  }
}
