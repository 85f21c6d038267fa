package dev.confab.auth.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.auth.AuthConfig;
import dev.confab.auth.problem.ProblemException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {
  @Test
  void matchesItsOwnHashes() {
    var hasher = hasher(64, 8);

    var hash = hasher.hash("correct horse");

    assertThat(hasher.matches("correct horse", hash)).isTrue();
    assertThat(hasher.matches("wrong horse", hash)).isFalse();
  }

  @Test
  void nobodysPasswordIsNeverRight() {
    assertThat(hasher(64, 8).matches("anything at all", null)).isFalse();
  }

  @Test
  void hashesOfAnotherCostAreOutdated() {
    var hash = hasher(64, 8).hash("correct horse");

    assertThat(hasher(64, 8).isOutdated(hash)).isFalse();
    assertThat(hasher(128, 8).isOutdated(hash)).isTrue();
  }

  @Test
  void refusesWhatDoesNotFitItsQueue() throws Exception {
    var hasher = hasher(8192, 1);

    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var results =
          IntStream.range(0, 20).mapToObj(i -> callers.submit(() -> hash(hasher))).toList();

      assertThat(results).extracting(Future::get).contains("done", "refused");
    }
  }

  private static String hash(PasswordHasher hasher) {
    try {
      hasher.hash("correct horse");
      return "done";
    } catch (ProblemException refused) {
      return "refused";
    }
  }

  private record Cheap(int memoryKib, int iterations, int workers, int queue)
      implements AuthConfig.Password {}

  private static PasswordHasher hasher(int memoryKib, int queue) {
    return new PasswordHasher(new Cheap(memoryKib, 1, 1, queue));
  }
}
