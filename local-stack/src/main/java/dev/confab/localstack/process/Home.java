package dev.confab.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one suite: {@code data}, {@code logs}, {@code run} (process records) and secrets.
 *
 * @param path absolute and normalised; it is also what marks the suite's processes
 */
public record Home(Path path) {
  /** Makes the folders where missing. */
  public static Home at(Path path) {
    Home home = new Home(path.toAbsolutePath().normalize());
    for (Path folder : List.of(home.data(), home.logs(), home.run())) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new StackFailure("Cannot make the folder " + folder, "check who may write there", e);
      }
    }
    return home;
  }

  public Path data() {
    return path.resolve("data");
  }

  public Path logs() {
    return path.resolve("logs");
  }

  public Path run() {
    return path.resolve("run");
  }

  /** A module's copy of what was built, which the suite runs from. */
  public Path app(String module) {
    return path.resolve("app").resolve(module);
  }

  public Path log(String name) {
    return logs().resolve(name + ".log");
  }

  /** What stands in the command line of every JVM of this suite, and of no other process. */
  public String marker() {
    return "-Dconfab.home=" + path;
  }

  /** Writes a file that only its owner may read, whole or not at all. */
  public static void writePrivately(Path file, String text) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".new", ownerOnly);
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StackFailure("Cannot write " + file, "check who may write there", e);
    }
  }

  /** Deletes a folder and all in it; one that is not there is fine. */
  public static void deleteTree(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
