package dev.confab.chat.standin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.presence.PresenceState;
import dev.confab.chat.standin.StandInPolicy.Member;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandInPolicyTest {
  private static final Member ADA = new Member("ada", true);
  private static final Member BOB = new Member("bob", true);
  private static final Member CYD = new Member("cyd", true);
  private static final Member DAN = new Member("dan", false);
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static PresenceState away(int minutesAgo) {
    return new PresenceState(false, NOON.minusSeconds(60L * minutesAgo));
  }

  private static List<String> candidates(
      List<Member> members, List<String> addressed, boolean callsAi) {
    return StandInPolicy.candidates("ada", members, addressed, callsAi);
  }

  @Test
  void inARoomOfTwoTheOtherOneIsAnsweredForWhateverIsSaid() {
    assertThat(candidates(List.of(ADA, BOB), List.of(), false)).containsExactly("bob");
    assertThat(candidates(List.of(ADA, DAN), List.of(), false)).isEmpty();
  }

  @Test
  void amongMoreNobodyIsUnlessAddressedOrTheAiIsCalled() {
    List<Member> room = List.of(ADA, BOB, CYD, DAN);
    assertThat(candidates(room, List.of(), false)).isEmpty();
    assertThat(candidates(room, List.of("cyd"), false)).containsExactly("cyd");
    assertThat(candidates(room, List.of(), true)).containsExactly("bob", "cyd");
    assertThat(candidates(room, List.of("cyd"), true)).containsExactly("cyd");
  }

  @Test
  void whoHasNoStandInIsNotAnsweredFor() {
    List<Member> room = List.of(ADA, BOB, DAN);
    assertThat(candidates(room, List.of("dan"), false)).isEmpty();
    assertThat(candidates(room, List.of("dan"), true)).containsExactly("bob");
    assertThat(candidates(List.of(ADA, DAN), List.of("dan"), true)).isEmpty();
  }

  @Test
  void nobodyAnswersForTheSender() {
    assertThat(candidates(List.of(ADA, DAN), List.of("ada"), true)).isEmpty();
    assertThat(candidates(List.of(ADA), List.of(), true)).isEmpty();
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
