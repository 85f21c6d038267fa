package dev.confab.localstack.configuration;

import dev.confab.localstack.process.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code .env} files: {@code NAME=value} lines, quotes, comments, {@code export}. */
final class DotEnv {
  private DotEnv() {}

  /** The variables of a file, none when it is not there. */
  static Map<String, String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new StackFailure("Cannot read " + file, "check who may read it", e);
    }
  }

  /**
   * @param source named when a line is not understood; the line itself may hold a secret
   */
  static Map<String, String> parse(String text, String source) {
    Map<String, String> variables = new LinkedHashMap<>();
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip().replaceFirst("^export\\s+", "");
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals <= 0) {
        throw new StackFailure(
            "Line " + number + " of " + source + " sets nothing", "write NAME=value");
      }
      variables.put(line.substring(0, equals).strip(), value(line.substring(equals + 1).strip()));
    }
    return variables;
  }

  private static String value(String text) {
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    if (first == '"' || first == '\'') {
      int end = text.indexOf(first, 1);
      return end < 0 ? text : text.substring(1, end);
    }
    int comment = text.indexOf(" #");
    return text.startsWith("#") ? "" : (comment < 0 ? text : text.substring(0, comment)).strip();
  }
}
