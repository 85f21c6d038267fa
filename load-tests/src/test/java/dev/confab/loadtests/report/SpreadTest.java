package dev.confab.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void isTheRangeInPercentOfTheMedian() {
    Spread spread = Spread.of(List.of(120.0, 90.0, 100.0));

    assertThat(spread).isEqualTo(new Spread(3, 90, 100, 120));
    assertThat(spread.percent()).isEqualTo(30);
    assertThat(Spread.of(List.of(1.0, 3.0)).median()).isEqualTo(2);
  }

  @Test
  void leavesOutWhatIsNotANumber() {
    assertThat(Spread.of(List.of(5.0, Double.NaN)).runs()).isEqualTo(1);
    assertThat(Spread.of(List.of(Double.NaN)).runs()).isZero();
    assertThat(Spread.of(List.of(0.0, 0.0)).percent()).isZero();
  }

  @Test
  void saysWhetherAChangeMeansSomething() {
    Spread then = Spread.of(List.of(95.0, 100.0, 105.0));

    assertThat(Spread.verdict(then, Spread.of(List.of(109.0))))
        .isEqualTo(Spread.Verdict.WITHIN_SPREAD);
    assertThat(Spread.verdict(then, Spread.of(List.of(111.0))))
        .isEqualTo(Spread.Verdict.BEYOND_SPREAD);
    assertThat(Spread.verdict(Spread.of(List.of(1.0)), Spread.of(List.of(2.0))))
        .isEqualTo(Spread.Verdict.SPREAD_UNKNOWN);
  }
}
