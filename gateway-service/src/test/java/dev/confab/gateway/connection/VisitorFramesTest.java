package dev.confab.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.dialect.ClientFrame;
import dev.confab.gateway.security.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VisitorFramesTest {
  private final Identity visitor = Identity.visitor("v", "V", "own", Instant.MAX);
  private final Identity user =
      new Identity("u", "U", Set.of("user"), "s", Instant.MAX, null, null);

  private static List<ClientFrame> about(String conversation) {
    return List.of(
        new ClientFrame.Join(conversation, null, null),
        new ClientFrame.Leave(conversation),
        new ClientFrame.Send(conversation, "hi", null, null, null),
        new ClientFrame.StopReply(conversation, "m"),
        new ClientFrame.Typing(conversation, true),
        new ClientFrame.MarkRead(conversation, 1));
  }

  @Test
  void aVisitorHasTheirOwnConversation() {
    assertThat(about("own")).allMatch(frame -> VisitorFrames.refusal(visitor, frame) == null);
    assertThat(VisitorFrames.refusal(visitor, new ClientFrame.Ping())).isNull();
  }

  @Test
  void thereIsNoOtherForThem() {
    assertThat(about("other"))
        .allMatch(frame -> VisitorFrames.refusal(visitor, frame) == ErrorCode.NOT_FOUND);
  }

  @Test
  void whatIsNotListedIsForbidden() {
    assertThat(VisitorFrames.refusal(visitor, new ClientFrame.Edit("own", "m", "x")))
        .isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(VisitorFrames.refusal(visitor, new ClientFrame.RequestReply("own", "m", null)))
        .isEqualTo(ErrorCode.FORBIDDEN);
  }

  @Test
  void othersAreNotConcerned() {
    assertThat(about("any")).allMatch(frame -> VisitorFrames.refusal(user, frame) == null);
    assertThat(VisitorFrames.refusal(user, new ClientFrame.Edit("any", "m", "x"))).isNull();
  }
}
