package dev.confab.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RevocationsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final Revocations revocations = new Revocations();

  @Test
  void whatRanOutIsNotKept() {
    List<Set<String>> told = new ArrayList<>();
    revocations.onRevoked(told::add);

    revocations.add(Map.of("old", NOW.minusSeconds(1), "new", NOW.plusSeconds(60)), NOW);

    assertThat(revocations.isRevoked("old")).isFalse();
    assertThat(revocations.isRevoked("new")).isTrue();
    assertThat(told).containsExactly(Set.of("new"));
    revocations.forgetExpired(NOW.plusSeconds(61));
    assertThat(revocations.size()).isZero();
  }
}
