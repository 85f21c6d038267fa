package dev.confab.loadtests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words after {@code ./confab bench}.
 *
 * @param names of scenarios
 * @param options by name, without their hyphens
 */
record CommandLine(List<String> names, Map<String, String> options) {

  /**
   * @throws IllegalArgumentException if an option has no value
   */
  static CommandLine parse(String... words) {
    List<String> names = new ArrayList<>();
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      if (word.equals("--help") || word.equals("-h")) {
        names.add("help");
      } else if (!word.startsWith("--")) {
        names.add(word);
      } else if (i + 1 < words.length) {
        options.put(word.substring(2), words[++i]);
      } else {
        throw new IllegalArgumentException(word + " wants a value");
      }
    }
    return new CommandLine(List.copyOf(names), options);
  }

  boolean wantsHelp() {
    return names.contains("help");
  }
}
