package dev.confab.localstack.demollm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The models that are listed; any other is answered as well. */
final class ModelList {
  private static final int CONTEXT_LENGTH = 8192;
  private static final List<String> USUAL =
      List.of(
          "confab-demo",
          "confab-demo:rate=5",
          "confab-demo:delay=3000",
          "confab-demo:status=500",
          "confab-demo:cut=5",
          "confab-demo:stall=5",
          "confab-demo:malformed=3");

  /**
   * What is to be listed from now on.
   *
   * @param add models, each with the length of its context in tokens, 0 for one that is not told
   * @param remove names of models
   */
  record Change(@JsonProperty Map<String, Integer> add, @JsonProperty List<String> remove) {}

  private final Map<String, Integer> contextLengths = new LinkedHashMap<>();

  ModelList() {
    reset();
  }

  /** Lists the usual models again. */
  synchronized void reset() {
    contextLengths.clear();
    USUAL.forEach(id -> contextLengths.put(id, CONTEXT_LENGTH));
  }

  synchronized void change(Change change) {
    if (change.add() != null) {
      change.add().forEach((id, length) -> contextLengths.put(id, length == null ? 0 : length));
    }
    if (change.remove() != null) {
      change.remove().forEach(contextLengths::remove);
    }
  }

  /** As the OpenAI protocol lists them. */
  synchronized Map<String, Object> view() {
    long created = Instant.now().getEpochSecond();
    List<Map<String, Object>> data = new ArrayList<>();
    contextLengths.forEach(
        (id, length) -> {
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("id", id);
          model.put("object", "model");
          model.put("created", created);
          model.put("owned_by", "confab");
          if (length > 0) {
            model.put("context_length", length);
          }
          data.add(model);
        });
    return Map.of("object", "list", "data", data);
  }
}
