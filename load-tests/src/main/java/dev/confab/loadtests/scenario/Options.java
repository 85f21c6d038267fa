package dev.confab.loadtests.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** {@code --name value} words; keeps what was asked for or presumed, for the report. */
public final class Options {
  private final Map<String, String> given;
  private final Map<String, String> used = new LinkedHashMap<>();

  public Options(Map<String, String> given) {
    this.given = new TreeMap<>(given);
  }

  public int number(String name, int presumed) {
    return number(name, text(name, Integer.toString(presumed)), Integer::valueOf);
  }

  public double decimal(String name, double presumed) {
    return number(name, text(name, Double.toString(presumed)), Double::valueOf);
  }

  private static <T extends Number> T number(String name, String text, Function<String, T> read) {
    try {
      T value = read.apply(text);
      if (value.doubleValue() >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(unfit(name, text), e);
    }
    throw new IllegalArgumentException(unfit(name, text));
  }

  private static String unfit(String name, String text) {
    return "--" + name + " wants a number from 0 on, not '" + text + '\'';
  }

  public String text(String name, String presumed) {
    String value = given.getOrDefault(name, presumed);
    used.put(name, value);
    return value;
  }

  /** What a scenario asked for, with the values it got. */
  Map<String, String> used() {
    return Collections.unmodifiableMap(new TreeMap<>(used));
  }

  /** The same words for another scenario. */
  public Options again() {
    return new Options(given);
  }
}
