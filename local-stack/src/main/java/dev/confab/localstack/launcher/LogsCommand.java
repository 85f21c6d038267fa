package dev.confab.localstack.launcher;

import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.StackFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code logs}: the last lines of the parts' logs, and what follows. */
final class LogsCommand {
  private static final long TAIL_BYTES = 32_000;
  private static final long POLL_MILLIS = 200;
  private static final int MOST_BYTES_AT_ONCE = 1_000_000;

  private final Home home;
  private final Terminal terminal;

  LogsCommand(Context context) {
    this.home = context.home();
    this.terminal = context.terminal();
  }

  /**
   * @param part a part's name or the beginning of several; null for all
   * @param follow until the command is ended
   */
  void run(String part, boolean follow) throws InterruptedException {
    Map<Path, Long> positions = new LinkedHashMap<>();
    logs(part).forEach(log -> positions.put(log, Math.max(0, size(log) - TAIL_BYTES)));
    if (positions.isEmpty()) {
      throw new StackFailure(
          part == null ? "There are no logs yet" : "There is no log of '" + part + "'",
          "see ./confab status for the names");
    }
    do {
      positions.replaceAll((log, from) -> print(log, from, positions.size() > 1));
      if (follow) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } while (follow);
  }

  private List<Path> logs(String part) {
    try (Stream<Path> files = Files.list(home.logs())) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .filter(file -> part == null || file.getFileName().toString().startsWith(part))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Prints whole lines from a position on; returns where the next one begins. */
  private long print(Path log, long from, boolean named) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      // A log that was put aside starts anew.
      long start = file.length() < from ? 0 : from;
      byte[] bytes = new byte[(int) Math.min(file.length() - start, MOST_BYTES_AT_ONCE)];
      file.seek(start);
      file.readFully(bytes);
      int end = lastLineEnd(bytes);
      String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
      String name = named ? log.getFileName().toString().replace(".log", "") + " | " : "";
      text.lines().forEach(line -> terminal.line(name + line));
      return start + end;
    } catch (IOException e) {
      return from;
    }
  }

  private static int lastLineEnd(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
