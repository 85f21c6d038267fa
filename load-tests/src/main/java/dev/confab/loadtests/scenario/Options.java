package dev.confab.loadtests.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** {@code --name value} words; keeps what was asked for or presumed, for the report. */
public final class Options {
  private final Map<String, String> given;
  private final Map<String, String> used = new LinkedHashMap<>();

  public Options(Map<String, String> given) {
    this.given = new TreeMap<>(given);
  }

  public int number(String name, int presumed) {
    return Integer.parseInt(text(name, Integer.toString(presumed)));
  }

  public double decimal(String name, double presumed) {
    return Double.parseDouble(text(name, Double.toString(presumed)));
  }

  public String text(String name, String presumed) {
    String value = given.getOrDefault(name, presumed);
    used.put(name, value);
    return value;
  }

  /** What a scenario asked for, with the values it got. */
  Map<String, String> used() {
    return Map.copyOf(used);
  }

  /** The same words for another scenario. */
  public Options again() {
    return new Options(given);
  }

  /** The same words, one of them replaced. */
  Options with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(given);
    changed.put(name, value);
    return new Options(changed);
  }
}
