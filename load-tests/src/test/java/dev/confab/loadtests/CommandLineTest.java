package dev.confab.loadtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  @Test
  void tellsScenariosFromOptions() {
    CommandLine line = CommandLine.parse("rooms", "--rate", "50", "top", "--repeat", "3");

    assertThat(line.names()).containsExactly("rooms", "top");
    assertThat(line.options()).isEqualTo(Map.of("rate", "50", "repeat", "3"));
    assertThat(line.wantsHelp()).isFalse();
  }

  @Test
  void knowsHelp() {
    assertThat(CommandLine.parse("help").wantsHelp()).isTrue();
    assertThat(CommandLine.parse("--help").wantsHelp()).isTrue();
  }

  @Test
  void refusesAnOptionWithoutValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.parse("rooms", "--rate"))
        .withMessageContaining("--rate");
  }
}
