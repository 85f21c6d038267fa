package dev.confab.localstack.infrastructure;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Random passwords of one home, made on first use and kept in a file only its owner may read. */
public final class Secrets {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BYTES = 18;

  private final Path file;

  public Secrets(Home home) {
    this.file = home.path().resolve("secrets.json");
  }

  /** The secret of that name, always the same for one home. */
  public synchronized String of(String name) {
    Map<String, String> all = read();
    String known = all.get(name);
    if (known != null) {
      return known;
    }
    String fresh = random();
    all.put(name, fresh);
    try {
      String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all);
      Home.writePrivately(file, text);
    } catch (IOException e) {
      throw new StackFailure("Cannot keep a password in " + file, "is the disk full?", e);
    }
    return fresh;
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @SuppressWarnings("unchecked")
  private Map<String, String> read() {
    if (!Files.exists(file)) {
      return new TreeMap<>();
    }
    try {
      return JSON.readValue(Files.readString(file), TreeMap.class);
    } catch (IOException e) {
      throw new StackFailure("Cannot read " + file, "restore it, or start with --fresh", e);
    }
  }

  @Override
  public String toString() {
    return "Secrets[" + file + "]";
  }
}
