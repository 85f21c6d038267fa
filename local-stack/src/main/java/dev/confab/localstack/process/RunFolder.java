package dev.confab.localstack.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The process records of one suite, a file each. */
public final class RunFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".process.json";

  private final Path folder;

  public RunFolder(Home home) {
    this.folder = home.run();
  }

  /** Notes a process, in place of an earlier one of the same name. */
  public void put(ProcessRecord record) {
    try {
      Home.writePrivately(file(record.name()), JSON.writeValueAsString(record));
    } catch (IOException e) {
      throw new StackFailure("Cannot note the process of " + record.name(), "see the cause", e);
    }
  }

  public Optional<ProcessRecord> get(String name) {
    return read(file(name));
  }

  public void remove(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw new StackFailure("Cannot remove " + file(name), "check who may write there", e);
    }
  }

  /** Every noted process, alive or not. */
  public List<ProcessRecord> all() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .flatMap(file -> read(file).stream())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  private static Optional<ProcessRecord> read(Path file) {
    try {
      return Optional.of(JSON.readValue(Files.readString(file), ProcessRecord.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
