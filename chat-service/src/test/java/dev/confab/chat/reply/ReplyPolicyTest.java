package dev.confab.chat.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplyPolicyTest {
  private final ReplyPolicy room = ReplyPolicy.of("room", "member");

  @Test
  void anAssistantAnswersEveryMessageWhileItOwnsTheConversation() {
    assertThat(ReplyPolicy.of("assistant", "assistant").answers("hello")).isTrue();
    for (String owner : new String[] {"waiting", "operator", "member", "none"}) {
      assertThat(ReplyPolicy.of("assistant", owner).answers("@ai hello")).isFalse();
      assertThat(ReplyPolicy.of("assistant", owner).allowsRequests()).isFalse();
    }
  }

  @Test
  void inARoomItAnswersWhenCalledByWholeWords() {
    for (String call : new String[] {"@ai what?", "well, @AI", "(@Ai)", "hey AI!", "Hey, ai: x"}) {
      assertThat(room.answers(call)).as(call).isTrue();
    }
    for (String talk : new String[] {"@aida", "mail@ai.example", "they aim", "heyai", "ai"}) {
      assertThat(room.answers(talk)).as(talk).isFalse();
    }
    assertThat(room.allowsRequests()).isTrue();
  }

  @Test
  void aVisitorIsAnsweredWhileTheAssistantOwnsTheDialog() {
    assertThat(ReplyPolicy.of("support", "assistant").answers("hello")).isTrue();
    for (String owner : new String[] {"waiting", "operator", "none"}) {
      assertThat(ReplyPolicy.of("support", owner).answers("@ai hello")).isFalse();
      assertThat(ReplyPolicy.of("support", owner).allowsRequests()).isFalse();
    }
  }

  @Test
  void backstageIsSilent() {
    assertThat(ReplyPolicy.of("backstage", "none").answers("@ai")).isFalse();
    assertThat(ReplyPolicy.of("backstage", "assistant").allowsRequests()).isFalse();
  }
}
