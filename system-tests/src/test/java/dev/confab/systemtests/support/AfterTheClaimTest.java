package dev.confab.systemtests.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.systemtests.client.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The look itself: it lets pass what came in its time and names what came too late. */
class AfterTheClaimTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DELTA = "{'type':'stream','id':'r','delta':'I think'}";
  private static final String REPLY = "{'id':'r','sender':'assistant','text':'I think'}";
  private static final String CLAIM = "{'type':'handoff','state':'operator'}";
  private static final String BACK = "{'type':'handoff','state':'assistant'}";
  private static final String V1_TEXT =
      "{'type':'stream_content','data':{'message_id':'r','conversation_id':'c','content':'I'}}";
  private static final String V1_END =
      "{'type':'stream_complete','data':{'conversation_id':'c','message':{'id':'r','content':'I'}}}";

  private static String handoff(String owner, int epoch) {
    return "{'type':'handoff','data':{'conversation_id':'c','owner':'%s','message':{'handoff':{'epoch':%d}}}}"
        .formatted(owner, epoch);
  }

  private static List<JsonNode> frames(String... frames) {
    return Stream.of(frames)
        .map(
            frame -> {
              try {
                return JSON.readTree(frame.replace('\'', '"'));
              } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
              }
            })
        .toList();
  }

  private static List<String> atV1(String... frames) {
    List<Frame> log = new ArrayList<>();
    frames(frames).forEach(frame -> log.add(new Frame(log.size(), 0, frame)));
    return AfterTheClaim.atV1(log, "c");
  }

  @Test
  void what_ends_before_the_claim_is_no_breach() {
    assertThat(AfterTheClaim.atDialect(frames(DELTA, REPLY, CLAIM))).isEmpty();
    assertThat(atV1(V1_TEXT, V1_END, handoff("operator", 1))).isEmpty();
  }

  @Test
  void what_comes_after_it_was_handed_back_is_no_breach() {
    assertThat(AfterTheClaim.atDialect(frames(CLAIM, BACK, DELTA, REPLY))).isEmpty();
    assertThat(atV1(handoff("operator", 1), handoff("assistant", 2), V1_TEXT, V1_END)).isEmpty();
  }

  @Test
  void a_delta_after_the_claim_is_named() {
    assertThat(AfterTheClaim.atDialect(frames(CLAIM, DELTA)))
        .singleElement()
        .asString()
        .startsWith("7 characters");
    assertThat(atV1(handoff("waiting", 1), V1_TEXT)).hasSize(1);
  }

  @Test
  void a_whole_reply_after_the_claim_is_named() {
    assertThat(AfterTheClaim.atDialect(frames(DELTA, CLAIM, REPLY))).hasSize(1);
    assertThat(atV1(V1_TEXT, handoff("operator", 1), V1_END)).hasSize(1);
  }

  @Test
  void an_epoch_that_does_not_grow_is_named() {
    assertThat(atV1(handoff("waiting", 2), handoff("operator", 2)))
        .singleElement()
        .asString()
        .startsWith("epoch 2 after 2");
  }
}
