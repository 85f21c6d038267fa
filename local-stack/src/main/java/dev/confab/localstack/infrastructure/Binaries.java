package dev.confab.localstack.infrastructure;

import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.StackFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks server programs from the class path, once per folder. */
final class Binaries {
  private static final String OS = os();
  private static final String ARCH = arch();

  private final Path folder;

  /**
   * @param folder kept between starts and shared by all homes of this checkout
   */
  Binaries(Path folder) {
    this.folder = folder;
  }

  /** The folder with PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
  Path postgres() {
    String architecture = ARCH.equals("amd64") ? "x86_64" : "arm_64";
    String archive = "postgres-%s-%s.txz".formatted(OS, architecture);
    return unpackOnce("postgres-18.6.0", archive, Binaries::untar);
  }

  /** The redis-server program. */
  Path redis() {
    String program = "redis-server-7.0.15-%s-%s".formatted(OS, ARCH);
    Path unpacked =
        unpackOnce(
            "redis-7.0.15", program, (in, target) -> copyProgram(in, target, "redis-server"));
    return unpacked.resolve("redis-server");
  }

  private interface Unpacking {
    void unpack(InputStream in, Path target) throws IOException;
  }

  private Path unpackOnce(String name, String resource, Unpacking unpacking) {
    Path target = folder.resolve(name);
    if (Files.isDirectory(target)) {
      return target;
    }
    try (InputStream in = Binaries.class.getResourceAsStream("/" + resource)) {
      if (in == null) {
        throw new StackFailure(
            "There is no " + name + " for " + OS + " on " + ARCH, "name an outside server instead");
      }
      Files.createDirectories(folder);
      Path fresh = Files.createTempDirectory(folder, name + "-");
      unpacking.unpack(in, fresh);
      moveInPlace(fresh, target);
      return target;
    } catch (IOException e) {
      throw new StackFailure("Cannot unpack " + name + " to " + folder, "is the disk full?", e);
    }
  }

  /** Another launcher may have been faster; its copy is as good. */
  private static void moveInPlace(Path fresh, Path target) throws IOException {
    // A private temporary folder is 0700; PostgreSQL as another user must get in.
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      Home.deleteTree(fresh);
    } catch (FileSystemException e) {
      Home.deleteTree(fresh);
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }

  private static void copyProgram(InputStream in, Path target, String name) throws IOException {
    Path program = target.resolve(name);
    Files.copy(in, program);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void untar(InputStream in, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, target.resolve(entry.getName()).normalize());
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static String os() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
        ? "darwin"
        : "linux";
  }

  private static String arch() {
    String arch = System.getProperty("os.arch");
    return arch.equals("aarch64") || arch.equals("arm64") ? "arm64" : "amd64";
  }
}
