package dev.confab.chat.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.reply.FenceRequest.Purpose;
import dev.confab.chat.reply.ReplyState.Running;
import dev.confab.chat.support.HandOverAsked;
import dev.confab.chat.support.HandOverAsked.Party;
import dev.confab.chat.support.HandOverAsked.Words;
import dev.confab.contracts.chat.HandOverAction;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FenceRequestsTest {
  private static Reply fencedBy(FenceRequest request) {
    UUID id = UUID.randomUUID();
    var running = new Running(2, Instant.EPOCH, 1, false, List.of(request), Instant.EPOCH);
    return new Reply(
        id, id, id, 1, "default", null, "ada", 0, Instant.EPOCH, Instant.EPOCH, running);
  }

  @Test
  void whatWaitsForAFenceIsReadAsItWasWritten() {
    var asked =
        new HandOverAsked(
            HandOverAction.CLAIM,
            Party.OPERATOR,
            "grace",
            "Grace",
            null,
            null,
            null,
            new Words("c1", "Hello", null));
    var request = new FenceRequest(Purpose.HAND_OVER, "command-1", "gateway", "socket", asked);

    String json = ReplyRows.writeRequests(fencedBy(request));

    assertThat(ReplyRows.readRequests(json)).containsExactly(request);
    assertThat(json).contains("\"HAND_OVER\"").doesNotContain("understood");
  }

  @Test
  void whatAnEarlierVersionWroteIsRead() {
    assertThat(
            ReplyRows.readRequests(
                "[{\"purpose\":\"STOP\",\"commandId\":\"c\",\"gateway\":null,\"connection\":null}]"))
        .containsExactly(new FenceRequest(Purpose.STOP, "c", null, null));
  }

  @Test
  void whatALaterVersionAsksForEndsTheReplyAtLeast() {
    List<FenceRequest> read =
        ReplyRows.readRequests(
            "[{\"purpose\":\"MERGE\",\"commandId\":\"c\",\"other\":1},"
                + "{\"purpose\":\"HAND_OVER\",\"handOver\":{\"action\":\"juggle\",\"by\":\"ROBOT\"}}]");

    assertThat(read.get(0).purpose()).isEqualTo(Purpose.TIME_OUT);
    assertThat(read.get(1).handOver().action()).isNull();
    assertThat(read.get(1).handOver().by()).isNull();
  }
}
