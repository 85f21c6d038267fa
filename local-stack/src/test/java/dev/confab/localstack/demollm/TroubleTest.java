package dev.confab.localstack.demollm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TroubleTest {
  @Test
  void readsTheSwitchesOfAModel() {
    Trouble trouble = Trouble.ofModel("confab-demo:delay=3000,rate=0.5,stamp");

    assertThat(trouble.delay()).isEqualTo(3000);
    assertThat(trouble.rate()).isEqualTo(0.5);
    assertThat(trouble.stamp()).isTrue();
    assertThat(trouble.cut()).isNull();
  }

  @Test
  void aPlainModelBehaves() {
    assertThat(Trouble.ofModel("confab-demo")).isEqualTo(Trouble.NONE);
  }

  @Test
  void theNearerSwitchWins() {
    Trouble over = Trouble.parse("cut=1").over(Trouble.parse("cut=2,stall=3"));

    assertThat(over).isEqualTo(Trouble.parse("cut=1,stall=3"));
  }

  @Test
  void whatIsNotUnderstoodIsNamed() {
    assertThatThrownBy(() -> Trouble.parse("explode=1")).hasMessageContaining("explode");
    assertThatThrownBy(() -> Trouble.parse("delay=soon")).hasMessageContaining("delay");
  }

  @Test
  void anOrderHoldsForSoManyRequests() {
    TroubleSwitch troubles = new TroubleSwitch();
    Trouble cut = Trouble.parse("cut=1");
    troubles.order(cut, 2);

    assertThat(troubles.next()).isEqualTo(cut);
    assertThat(troubles.next()).isEqualTo(cut);
    assertThat(troubles.next()).isEqualTo(Trouble.NONE);
  }
}
