package dev.confab.localstack.suite;

import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies of what was built, one per module: a suite runs from them, so that a later build takes no
 * file away from under its processes.
 */
public final class AppCopies {
  private final Home home;
  private final Project project;

  public AppCopies(Home home, Project project) {
    this.home = home;
    this.project = project;
  }

  /** Brings every copy up to date; nothing of the suite may run meanwhile. */
  public void refresh() {
    try {
      for (String module : Project.SERVICES) {
        mirror(project.builtService(module), home.app(module));
      }
      Path stack = home.app(Project.LOCAL_STACK);
      mirror(project.target(Project.LOCAL_STACK).resolve("lib"), stack.resolve("lib"));
      for (Path jar : jarsIn(project.target(Project.LOCAL_STACK))) {
        copy(jar, stack.resolve(jar.getFileName()));
      }
    } catch (IOException e) {
      throw new StackFailure(
          "Cannot copy what was built to " + home.path(), "is the disk full?", e);
    }
  }

  private static void mirror(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      throw new StackFailure(from + " is missing", "build it: ./confab up");
    }
    removeWhatIsGone(from, to);
    for (Path source : tree(from)) {
      Path target = to.resolve(from.relativize(source));
      if (Files.isDirectory(source)) {
        Files.createDirectories(target);
      } else {
        copy(source, target);
      }
    }
  }

  private static void removeWhatIsGone(Path from, Path to) throws IOException {
    if (!Files.isDirectory(to)) {
      return;
    }
    for (Path target : tree(to).reversed()) {
      if (!Files.exists(from.resolve(to.relativize(target)))) {
        Files.delete(target);
      }
    }
  }

  private static void copy(Path source, Path target) throws IOException {
    boolean same =
        Files.exists(target)
            && Files.size(target) == Files.size(source)
            && Files.getLastModifiedTime(target).equals(Files.getLastModifiedTime(source));
    if (!same) {
      Files.createDirectories(target.getParent());
      Files.copy(
          source, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static List<Path> tree(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.sorted().toList();
    }
  }

  private static List<Path> jarsIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }
}
