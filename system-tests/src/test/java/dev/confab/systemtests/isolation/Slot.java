package dev.confab.systemtests.isolation;

/**
 * A place in a request or frame that takes an id.
 *
 * @param name name of the parameter, header or member
 */
public record Slot(Place place, String name, Kind kind) {
  /** Where the id stands. */
  public enum Place {
    /** In the path. */
    PATH,
    /** In the query. */
    QUERY,
    /** In a header. */
    HEADER,
    /** A member of the body, or of a frame's data. */
    BODY
  }

  /** As messages of failed tests name it. */
  @Override
  public String toString() {
    return name;
  }
}
