package dev.confab.localstack.launcher;

import dev.confab.localstack.process.StackFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The words after a command's name. */
final class Options {
  private final List<String> words;

  Options(List<String> words) {
    this.words = new ArrayList<>(words);
  }

  /** Takes a flag out; whether it was there. */
  boolean flag(String... names) {
    return words.removeIf(Set.of(names)::contains);
  }

  /** Takes a whole number of at least 1 out. */
  OptionalInt number(String name, int most) {
    String value = value(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      // Told below, together with numbers out of range.
    }
    throw new StackFailure(name + " needs a number from 1 to " + most, "see ./confab help");
  }

  /** Takes the word after a name out, or null; {@code --name=value} is understood too. */
  String value(String name) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).startsWith(name + "=")) {
        return words.remove(i).substring(name.length() + 1);
      }
      if (words.get(i).equals(name)) {
        words.remove(i);
        if (i == words.size()) {
          throw new StackFailure(name + " needs a value", "see ./confab help");
        }
        return words.remove(i);
      }
    }
    return null;
  }

  /** What was not taken so far. */
  List<String> rest() {
    return List.copyOf(words);
  }

  /** Refuses what nobody took. */
  void requireNoMore() {
    if (!words.isEmpty()) {
      throw new StackFailure("'" + words.getFirst() + "' is not understood", "see ./confab help");
    }
  }
}
