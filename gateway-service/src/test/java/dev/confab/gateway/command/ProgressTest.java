package dev.confab.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A partition that answers is late, one that does not may be dead. */
class ProgressTest {
  private static final long NOW = 1_000_000;

  private final Progress progress =
      new Progress(
          new SmallRyeConfigBuilder()
              .addDiscoveredConverters()
              .addDefaultInterceptors()
              .withMapping(CommandLogConfig.class)
              .withDefaultValue("confab.commands.kafka", "localhost:9092")
              .build()
              .getConfigMapping(CommandLogConfig.class));

  @Test
  void a_partition_that_never_answered_does_not_move() {
    assertThat(progress.isMoving("c1", NOW)).isFalse();
  }

  @Test
  void an_answer_counts_for_half_of_the_patience() {
    progress.answered("c1", NOW);

    assertThat(progress.isMoving("c1", NOW + 500)).isTrue();
    assertThat(progress.isMoving("c1", NOW + 501)).isFalse();
  }

  @Test
  void an_answer_counts_for_its_partition_alone() {
    progress.answered("c1", NOW);

    long moving =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "other-" + i)
            .filter(id -> progress.isMoving(id, NOW))
            .count();
    // One of 24 partitions holds some forty of a thousand conversations.
    assertThat(moving).isBetween(10L, 100L);
  }
}
