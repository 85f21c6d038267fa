package dev.confab.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static ListedModel model(String provider, String id, boolean active) {
    return new ListedModel(
        provider, id, 0, null, active && "a".equals(id), active, Instant.EPOCH, null);
  }

  @Test
  void namesAndAliasesOfActiveModelsAnswer() {
    Catalog catalog =
        new Catalog(
            1,
            List.of(model("p", "a", true), model("p", "b", false), model("p", "c", false)),
            Map.of("b", "a", "x", "c", "y", "a"));

    assertThat(catalog.answering("a")).contains("a");
    assertThat(catalog.answering("b")).contains("a");
    assertThat(catalog.answering("y")).contains("a");
    assertThat(catalog.answering("x")).isEmpty();
    assertThat(catalog.answering("nothing")).isEmpty();
    assertThat(catalog.answering(null)).isEmpty();
    assertThat(catalog.defaultModel()).contains("a");
    assertThat(catalog.retiredNames()).containsExactly("b", "c");
  }

  @Test
  void aNameIsRetiredOnlyWhenNoProviderHasIt() {
    Catalog catalog =
        new Catalog(1, List.of(model("p", "b", false), model("q", "b", true)), Map.of());

    assertThat(catalog.retiredNames()).isEmpty();
    assertThat(catalog.activeNames()).containsExactly("b");
    assertThat(catalog.activeOf("p")).isZero();
    assertThat(catalog.activeOf("q")).isEqualTo(1);
  }

  @Test
  void whileNothingIsKnownAnyNameMayBeOne() {
    assertThat(Catalog.EMPTY.answering("any")).contains("any");
    assertThat(Catalog.EMPTY.answering(" ")).isEmpty();
    assertThat(Catalog.EMPTY.answering("a\0b")).isEmpty();
    assertThat(Catalog.EMPTY.answering("x".repeat(201))).isEmpty();
  }
}
