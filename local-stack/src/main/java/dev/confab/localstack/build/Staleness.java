package dev.confab.localstack.build;

import dev.confab.localstack.process.StackFailure;
import dev.confab.localstack.suite.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** Tells which services are older than what they are made of. */
final class Staleness {
  /** Touched after each build: an unchanged artefact may keep its old time. */
  private static final String STAMP = "confab-built";

  private final Project project;

  Staleness(Project project) {
    this.project = project;
  }

  List<String> staleServices() {
    return Project.SERVICES.stream().filter(this::isStale).toList();
  }

  /** Notes that a service was built from the sources as they were then. */
  void built(String module, long sourcesAtMillis) {
    try {
      Path stamp = project.target(module).resolve(STAMP);
      Files.writeString(stamp, "");
      Files.setLastModifiedTime(stamp, FileTime.fromMillis(sourcesAtMillis));
    } catch (IOException e) {
      throw new StackFailure("Cannot write to " + project.target(module), "is the disk full?", e);
    }
  }

  private boolean isStale(String module) {
    Path program = project.builtService(module).resolve("quarkus-run.jar");
    if (!Files.exists(program)) {
      return true;
    }
    long built = Math.max(timeOf(program), timeOf(project.target(module).resolve(STAMP)));
    return Math.max(newestSource(module), newestSource("contracts")) > built
        || timeOf(project.root().resolve("pom.xml")) > built;
  }

  private long newestSource(String module) {
    Path folder = project.root().resolve(module);
    return Math.max(newestIn(folder.resolve("src/main")), timeOf(folder.resolve("pom.xml")));
  }

  private static long newestIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(Staleness::timeOf).max().orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static long timeOf(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }
}
