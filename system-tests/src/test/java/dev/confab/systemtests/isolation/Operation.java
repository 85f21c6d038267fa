package dev.confab.systemtests.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation of the OpenAPI document.
 *
 * @param slots where it takes ids
 * @param query its other query parameters by name, with the values to be tried
 * @param body a body that fits but for the ids; null if it takes none
 */
public record Operation(
    String method, String path, List<Slot> slots, Map<String, List<String>> query, JsonNode body) {
  /** The name of the query parameter that takes words to be looked for. */
  public static final String WORDS = "q";

  /** Method and path. */
  public String name() {
    return method + ' ' + path;
  }

  /** Whether another's id leads to nothing here. */
  public boolean takesOwnedIds() {
    return slots.stream().anyMatch(slot -> slot.kind().isOwned());
  }

  /** Whether it ends something, or changes how one signs in. */
  public boolean isDrastic() {
    return method.equals("DELETE") || path.startsWith("/api/v1/auth/") && !method.equals("GET");
  }

  /** Whether it asks about people. */
  public boolean isAboutPeople() {
    return slots.stream().anyMatch(slot -> slot.kind() == Kind.USER);
  }

  /** Whether its path names something. */
  public boolean takesIdInPath() {
    return slots.stream().anyMatch(slot -> slot.place() == Slot.Place.PATH);
  }

  /**
   * One query for each value that is to be tried.
   *
   * @param words what is looked for, where words are looked for
   */
  public List<Map<String, String>> queries(List<String> words) {
    List<Map<String, String>> queries = new ArrayList<>();
    for (String word : isSearching() ? words : List.of("")) {
      Map<String, String> base = word.isEmpty() ? Map.of() : Map.of(WORDS, word);
      queries.add(base);
      query.forEach((name, values) -> values.forEach(value -> queries.add(and(base, name, value))));
    }
    return queries;
  }

  private static Map<String, String> and(Map<String, String> base, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(base);
    more.put(name, value);
    return more;
  }

  /** Whether it only reads. */
  public boolean isReading() {
    return method.equals("GET");
  }

  /** Whether it looks for words. */
  public boolean isSearching() {
    return query.containsKey(WORDS);
  }

  @Override
  public String toString() {
    return name();
  }
}
