package dev.confab.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ModelReport.Offer;
import dev.confab.chat.model.ModelReport.ProviderReport;
import dev.confab.chat.model.Reconciliation.KnownProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
  private static final Instant EARLIER = NOW.minusSeconds(60);
  private static final Duration GONE_AFTER = Duration.ofMinutes(5);
  private static final Map<String, KnownProvider> KNOWN =
      Map.of("p", new KnownProvider(EARLIER, EARLIER));

  private static ListedModel model(String id, boolean active) {
    return new ListedModel("p", id, 0, null, false, active, EARLIER, active ? null : EARLIER);
  }

  private static ModelReport report(boolean listed, Instant at, String... ids) {
    List<Offer> offers =
        Stream.of(ids).map(id -> new Offer(id, "p", id.equals(ids[0]), null)).toList();
    return new ModelReport(offers, List.of(new ProviderReport("p", "up", listed, at)), null);
  }

  private static Reconciliation run(List<ListedModel> known, ModelReport report) {
    return Reconciliation.of(known, KNOWN, report, NOW, GONE_AFTER);
  }

  private static List<String> ids(List<ListedModel> models) {
    return models.stream().map(ListedModel::id).toList();
  }

  @Test
  void aListingAddsWhatIsNewAndRetiresWhatItLacks() {
    var result = run(List.of(model("a", true), model("b", true)), report(true, NOW, "a", "c"));

    assertThat(ids(result.added())).containsExactly("c");
    assertThat(ids(result.retired())).containsExactly("b");
    assertThat(result.retired().get(0).retiredAt()).isEqualTo(NOW);
    assertThat(result.listings()).containsEntry("p", NOW);
  }

  @Test
  void theSameAgainChangesNothing() {
    var first = run(List.of(), report(true, NOW, "a", "b"));
    var again = run(first.models(), report(true, NOW, "a", "b"));

    assertThat(again.changesModels()).isFalse();
    assertThat(first.models().stream().filter(ListedModel::isDefault)).hasSize(1);
  }

  @Test
  void aProviderThatCouldNotBeAskedRetiresNothing() {
    var result = run(List.of(model("a", true), model("b", true)), report(false, null, "a"));

    assertThat(result.retired()).isEmpty();
    assertThat(result.listings()).isEmpty();
  }

  @Test
  void anEmptyListingIsNotBelieved() {
    assertThat(run(List.of(model("a", true)), report(true, NOW)).retired()).isEmpty();
  }

  @Test
  void anOlderListingThanTheLastOneNeitherRetiresNorBringsBack() {
    var result =
        run(
            List.of(model("a", true), model("b", true), model("old", false)),
            report(true, EARLIER.minusSeconds(1), "a", "old"));

    assertThat(result.retired()).isEmpty();
    assertThat(result.added()).isEmpty();
  }

  @Test
  void whatIsConfiguredIsKnownBeforeTheFirstListing() {
    var result = Reconciliation.of(List.of(), Map.of(), report(false, null, "a"), NOW, GONE_AFTER);

    assertThat(ids(result.added())).containsExactly("a");
    assertThat(result.models().get(0).isDefault()).isTrue();
  }

  @Test
  void aModelThatComesBackIsActiveAgainAndKeepsItsFirstSight() {
    var result = run(List.of(model("a", false)), report(true, NOW, "a"));

    assertThat(ids(result.added())).containsExactly("a");
    assertThat(result.models().get(0).firstSeen()).isEqualTo(EARLIER);
    assertThat(result.models().get(0).retiredAt()).isNull();
  }

  @Test
  void aProviderConfiguredNowhereLosesItsModelsAfterAWhile() {
    List<ListedModel> known = new ArrayList<>(List.of(model("a", true)));
    ModelReport other =
        new ModelReport(
            List.of(new Offer("x", "q", true, null)),
            List.of(new ProviderReport("q", "up", true, NOW)),
            null);

    var soon = Reconciliation.of(known, KNOWN, other, NOW, GONE_AFTER);
    var later = Reconciliation.of(known, KNOWN, other, NOW.plusSeconds(600), GONE_AFTER);

    assertThat(soon.retired()).isEmpty();
    assertThat(ids(later.retired())).containsExactly("a");
  }

  @Test
  void theDefaultMovesWithTheReport() {
    var first = run(List.of(), report(true, NOW, "a", "b"));
    var second = run(first.models(), report(true, NOW, "b", "a"));

    assertThat(
            second.models().stream().filter(ListedModel::isDefault).map(ListedModel::id).toList())
        .containsExactly("b");
    assertThat(second.added()).isEmpty();
  }
}
