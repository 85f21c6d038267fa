package dev.confab.loadtests.scenario;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.confab.loadtests.client.Guest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An account with long conversations that is kept from run to run, because filling them takes
 * minutes.
 */
final class Kept {
  private static final String FILE = "history.kept";
  private static final JsonMapper JSON = new JsonMapper();

  private final World world;
  private final Path file;
  private Content content;

  private Kept(World world, Path file, Content content) {
    this.world = world;
    this.file = file;
    this.content = content;
  }

  /**
   * @param conversations ids by length
   */
  record Content(String username, String password, Map<Integer, String> conversations) {
    /** Redacted. */
    @Override
    public String toString() {
      return "Content[" + conversations + ']';
    }
  }

  /** The kept account, or a new one if there is none or this suite does not know it. */
  static Kept open(World world) {
    Path file = world.folder().resolve(FILE);
    Kept kept = new Kept(world, file, read(file));
    if (kept.content == null
        || world.api().login(kept.content.username(), kept.content.password()).isEmpty()) {
      String name = "load" + UUID.randomUUID().toString().substring(0, 8);
      kept.content = new Content(name, UUID.randomUUID().toString(), new TreeMap<>());
      world.api().register(name, kept.content.password());
      kept.write();
    }
    return kept;
  }

  private static Content read(Path file) {
    try {
      return Files.exists(file) ? JSON.readValue(Files.readAllBytes(file), Content.class) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read; delete it to fill anew", e);
    }
  }

  private void write() {
    try {
      Files.createDirectories(file.getParent());
      if (!Files.exists(file)) {
        // It holds a password.
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.write(file, JSON.writeValueAsBytes(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Signs in. */
  Guest guest() {
    return world
        .api()
        .login(content.username(), content.password())
        .orElseThrow(() -> new IllegalStateException("the kept account cannot sign in"));
  }

  /** The conversation that is for this length, made if there is none; it may not be full yet. */
  String conversation(Guest owner, int length) {
    String id = content.conversations().get(length);
    if (id == null || !world.api().has(owner, "/api/v1/conversations/" + id)) {
      Map<String, Object> wanted = Map.of("kind", "room", "title", "Load of " + length);
      id = world.api().conversation(owner, wanted);
      content.conversations().put(length, id);
      write();
    }
    return id;
  }
}
