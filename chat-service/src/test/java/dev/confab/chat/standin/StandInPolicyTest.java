package dev.confab.chat.standin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.presence.PresenceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandInPolicyTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static PresenceState away(int minutesAgo) {
    return new PresenceState(false, NOON.minusSeconds(60L * minutesAgo));
  }

  private static final List<String> STAND_INS = List.of("bob", "cyd");

  @Test
  void inARoomOfTwoTheOtherOneIsAnsweredForWhateverIsSaid() {
    assertThat(StandInPolicy.candidates(List.of("bob"), 2, List.of(), false))
        .containsExactly("bob");
    assertThat(StandInPolicy.candidates(List.of(), 2, List.of(), true)).isEmpty();
  }

  @Test
  void amongMoreNobodyIsUnlessAddressedOrTheAiIsCalled() {
    assertThat(StandInPolicy.candidates(STAND_INS, 4, List.of(), false)).isEmpty();
    assertThat(StandInPolicy.candidates(STAND_INS, 4, List.of("cyd"), false))
        .containsExactly("cyd");
    assertThat(StandInPolicy.candidates(STAND_INS, 4, List.of(), true))
        .containsExactly("bob", "cyd");
    assertThat(StandInPolicy.candidates(STAND_INS, 4, List.of("cyd"), true)).containsExactly("cyd");
  }

  @Test
  void whoHasNoStandInIsNotAnsweredFor() {
    assertThat(StandInPolicy.candidates(STAND_INS, 4, List.of("dan"), false)).isEmpty();
    assertThat(StandInPolicy.candidates(STAND_INS, 4, List.of("dan"), true))
        .containsExactly("bob", "cyd");
  }

  @Test
  void ofSeveralWhoAreAwayTheOneLastActiveIsAnsweredFor() {
    List<String> all = List.of("bob", "cyd", "dan");
    assertThat(StandInPolicy.choose(all, Map.of("bob", away(9), "cyd", away(3), "dan", away(5))))
        .contains("cyd");
    assertThat(
            StandInPolicy.choose(
                all, Map.of("bob", new PresenceState(false, null), "dan", away(5))))
        .contains("dan");
  }

  @Test
  void whoIsOnlineOrUnknownIsNotAnsweredFor() {
    assertThat(
            StandInPolicy.choose(
                List.of("bob", "cyd"), Map.of("bob", new PresenceState(true, null))))
        .isEmpty();
    assertThat(StandInPolicy.choose(List.of("bob"), Map.of())).isEmpty();
  }
}
