package dev.confab.localstack.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of child JVMs: the same Java as the launcher's. */
public final class JavaCommand {
  private static final int COMPACT_HEADERS_SINCE = 25;

  private JavaCommand() {}

  /** What tells the JVM of one part of one home from every other process. */
  public static String marker(Home home, String name) {
    return home.marker() + " -Dconfab.part=" + name + ' ';
  }

  /**
   * Options every child has: small, quick to start, marked as ours, and ended by a lack of memory
   * rather than half alive.
   */
  public static List<String> base(Home home, String name, int heapMb) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx" + heapMb + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    command.add("--enable-native-access=ALL-UNNAMED");
    if (Runtime.version().feature() >= COMPACT_HEADERS_SINCE) {
      command.add("-XX:+UseCompactObjectHeaders");
    }
    // Chatty libraries of the broker; its own failures are warnings and errors.
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add(home.marker());
    command.add("-Dconfab.part=" + name);
    return command;
  }

  /** A main class of this module, from the home's copy or else from this JVM's own class path. */
  public static List<String> ofThisModule(
      Home home, String name, int heapMb, Class<?> main, String... arguments) {
    List<String> command = base(home, name, heapMb);
    command.add("-cp");
    command.add(classPath(home));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static String classPath(Home home) {
    Path copy = home.app("local-stack");
    return Files.isDirectory(copy)
        ? copy.resolve("*") + File.pathSeparator + copy.resolve("lib").resolve("*")
        : absoluteClassPath();
  }

  private static String absoluteClassPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
