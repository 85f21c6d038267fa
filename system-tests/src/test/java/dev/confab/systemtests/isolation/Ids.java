package dev.confab.systemtests.isolation;

import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * One id for each kind, that belong together.
 *
 * @param what as messages of failed tests name them
 * @param byKind kinds that are absent are left out of requests
 */
public record Ids(String what, Map<Kind, String> byKind) {
  private static final int TAIL = 12;

  /** A reaction. */
  static final String EMOJI = "\uD83D\uDC4D";

  /** No ids at all. */
  public static final Ids NONE = new Ids("none", Map.of());

  /** The id of a kind, or null to leave it out. */
  public String of(Kind kind) {
    return byKind.get(kind);
  }

  /** The same but for another id of one kind. */
  public Ids with(Kind kind, String id) {
    Map<Kind, String> changed = new EnumMap<>(Kind.class);
    changed.putAll(byKind);
    changed.put(kind, id);
    return new Ids(what, changed);
  }

  /** The same without the ids of one kind. */
  public Ids without(Kind kind) {
    Map<Kind, String> fewer = new EnumMap<>(Kind.class);
    fewer.putAll(byKind);
    fewer.remove(kind);
    return new Ids(what, fewer);
  }

  /** The same but for what somebody else's ids say of one kind. */
  public Ids with(Kind kind, Ids others) {
    Ids mixed = with(kind, others.of(kind));
    return new Ids(what + ", but " + kind + " of " + others.what(), mixed.byKind());
  }

  /** Ids that look alike and that nobody has: only a tail of each differs. */
  public Ids unknown() {
    Map<Kind, String> near = new EnumMap<>(Kind.class);
    near.putAll(byKind);
    near.replaceAll((kind, id) -> unknown(id));
    return new Ids("nobody", near);
  }

  private static String unknown(String id) {
    if (id.length() <= TAIL) {
      return id;
    }
    String random = UUID.randomUUID().toString();
    return id.substring(0, id.length() - TAIL) + random.substring(random.length() - TAIL);
  }

  /** A text in which these ids can no longer be told from others. */
  String strippedFrom(String text) {
    String stripped = text;
    for (Map.Entry<Kind, String> each : byKind.entrySet()) {
      stripped = stripped.replace(each.getValue(), "<" + each.getKey() + ">");
    }
    return stripped;
  }
}
