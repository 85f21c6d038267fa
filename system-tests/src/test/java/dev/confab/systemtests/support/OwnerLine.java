package dev.confab.systemtests.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.delivery.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who answered in a support dialog, from number to number, as its log tells it. */
final class OwnerLine {
  private static final String BEGINNING = "assistant";

  /** Which owner may follow which. */
  private static final Map<String, Set<String>> FOLLOWS =
      Map.of(
          "assistant", Set.of("waiting", "operator", "none"),
          "waiting", Set.of("operator", "assistant", "none"),
          "operator", Set.of("operator", "waiting", "assistant", "none"),
          "none", Set.of());

  private final TreeMap<Long, JsonNode> changes = new TreeMap<>();
  private final List<String> breaches = new ArrayList<>();

  OwnerLine(History history) {
    String owner = BEGINNING;
    long epoch = -1;
    for (JsonNode change : history.handoffs()) {
      changes.put(change.path("seq").asLong(), change);
      JsonNode handoff = change.path("handoff");
      check(change, owner, epoch);
      owner = handoff.path("owner").asText();
      epoch = handoff.path("epoch").asLong();
    }
    JsonNode now = history.conversation();
    if (!now.path("owner").asText().equals(owner)) {
      breaches.add("the owner is " + now.path("owner") + ", but the last change says " + owner);
    }
    if (epoch >= 0 && now.path("owner_epoch").asLong() != epoch) {
      breaches.add("the epoch is " + now.path("owner_epoch") + ", the last change's " + epoch);
    }
  }

  private void check(JsonNode change, String before, long epochBefore) {
    JsonNode handoff = change.path("handoff");
    String owner = handoff.path("owner").asText();
    long epoch = handoff.path("epoch").asLong(-1);
    String name = TurnCheck.name(change);
    if (!FOLLOWS.getOrDefault(before, Set.of()).contains(owner)) {
      breaches.add("from " + before + " to " + owner + ": " + name);
    }
    if (epoch < 1 || epochBefore >= 0 && epoch != epochBefore + 1) {
      breaches.add("epoch " + epoch + " after " + epochBefore + ": " + name);
    }
    if (handoff.path("reason").asText("").isBlank()) {
      breaches.add("a change without a reason: " + name);
    }
    if (change.path("content").asText("").isBlank()) {
      breaches.add("a change without a sentence for people: " + name);
    }
    if (owner.equals("operator") == handoff.path("operator_id").asText("").isEmpty()) {
      breaches.add("an operator without an id, or the other way round: " + name);
    }
  }

  /** Who answered when this number was given. */
  String at(long seq) {
    var change = changes.floorEntry(seq);
    return change == null ? BEGINNING : change.getValue().path("handoff").path("owner").asText();
  }

  /** The first change after this number, or null. */
  JsonNode nextChange(long seq) {
    var change = changes.higherEntry(seq);
    return change == null ? null : change.getValue();
  }

  /** The changes after this number that gave the dialog to the AI. */
  List<JsonNode> handedBackAfter(long seq) {
    return changes.tailMap(seq, false).values().stream()
        .filter(change -> change.at("/handoff/owner").asText().equals(BEGINNING))
        .toList();
  }

  /** Whether the owner changed after the first and until the second number. */
  boolean changesBetween(long from, long to) {
    Long change = changes.higherKey(from);
    return change != null && change <= to;
  }

  List<String> breaches() {
    return breaches;
  }
}
