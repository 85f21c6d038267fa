package dev.confab.systemtests.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.systemtests.client.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The check itself: it accepts what the protocol allows and names each breach. */
class DeliveryCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String JOINED = joined(1);
  private static final String TURN = whole("m1", 2, 2, "hello");
  private static final String START =
      frame("stream_start", "'seq':3,'message_id':'r1','conversation_id':'c','reply_to':'m1'");
  private static final String END = complete(4, "abcd");
  private static final History STORED =
      new History(
          json("{'id':'c','kind':'assistant','last_seq':4}"),
          List.of(message("m1", 2, 2, "hello"), message("r1", 3, 4, "abcd")));

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonNode message(String id, long seq, long changedSeq, String content) {
    return json(messageText(id, seq, changedSeq, content));
  }

  private static String messageText(String id, long seq, long changedSeq, String content) {
    String type = id.startsWith("m") ? "user" : "assistant";
    return "{'id':'%s','conversation_id':'c','seq':%d,'changed_seq':%d,'message_type':'%s','content':'%s','status':'complete'}"
        .formatted(id, seq, changedSeq, type, content);
  }

  private static String frame(String type, String data) {
    return "{'type':'%s','data':{%s}}".formatted(type, data);
  }

  private static String joined(long lastSeq) {
    return frame(
        "joined", "'conversation':{'id':'c'},'last_seq':%d,'history':'h'".formatted(lastSeq));
  }

  private static String whole(String id, long seq, long changedSeq, String content) {
    return frame("message_received", "'message':" + messageText(id, seq, changedSeq, content));
  }

  private static String text(int offset, String content) {
    return frame(
        "stream_content",
        "'message_id':'r1','conversation_id':'c','content':'%s','offset':%d,'is_complete':false"
            .formatted(content, offset));
  }

  private static String complete(long seq, String content) {
    return frame(
        "stream_complete",
        "'seq':%d,'message_id':'r1','conversation_id':'c','finish_reason':'stop','message':%s"
            .formatted(seq, messageText("r1", 3, seq, content)));
  }

  private static List<String> breaches(String... frames) {
    return DeliveryCheck.breaches(STORED, Map.of("a", log(frames)), Map.of());
  }

  private static List<Frame> log(String... frames) {
    List<Frame> log = new ArrayList<>();
    for (String frame : frames) {
      log.add(new Frame(log.size(), log.size(), json(frame)));
    }
    return log;
  }

  @Test
  void a_correct_stream_has_no_breach() {
    assertThat(breaches(JOINED, TURN, START, text(0, "ab"), text(2, "cd"), END)).isEmpty();
  }

  @Test
  void joining_amid_a_reply_has_no_breach() {
    assertThat(breaches(joined(3), TURN, START, text(0, "ab"), text(2, "cd"), END)).isEmpty();
  }

  @Test
  void a_reply_that_ended_before_the_join_comes_whole() {
    assertThat(breaches(joined(4), TURN, whole("r1", 3, 4, "abcd"))).isEmpty();
  }

  @Test
  void an_ended_connection_owes_no_end() {
    assertThat(DeliveryCheck.breaches(STORED, Map.of(), Map.of("a", log(JOINED, TURN, START))))
        .isEmpty();
  }

  @Test
  void a_lost_message_is_named() {
    assertThat(breaches(JOINED, START, text(0, "abcd"), END))
        .anyMatch(breach -> breach.contains("number 2"))
        .anyMatch(breach -> breach.contains("never shown: message"));
  }

  @Test
  void a_lost_end_is_named() {
    assertThat(breaches(JOINED, TURN, START, text(0, "abcd")))
        .anyMatch(breach -> breach.contains("never ended"));
  }

  @Test
  void a_repeated_message_is_named() {
    assertThat(breaches(JOINED, TURN, TURN, START, text(0, "abcd"), END))
        .anyMatch(breach -> breach.contains("twice"));
  }

  @Test
  void wrong_order_is_named() {
    assertThat(breaches(JOINED, START, TURN, text(0, "abcd"), END))
        .anyMatch(breach -> breach.contains("out of order"));
  }

  @Test
  void a_gap_in_the_text_is_named() {
    assertThat(breaches(JOINED, TURN, START, text(0, "ab"), text(3, "d"), END))
        .anyMatch(breach -> breach.contains("does not start at 2"))
        .anyMatch(breach -> breach.contains("differ"));
  }

  @Test
  void repeated_text_is_named() {
    assertThat(breaches(JOINED, TURN, START, text(0, "ab"), text(0, "ab"), text(2, "cd"), END))
        .anyMatch(breach -> breach.contains("does not start at 2"));
  }

  @Test
  void text_after_the_end_is_named() {
    assertThat(breaches(JOINED, TURN, START, text(0, "abcd"), END, text(4, "e")))
        .anyMatch(breach -> breach.contains("does not run"));
  }

  @Test
  void another_text_than_the_stored_one_is_named() {
    assertThat(breaches(JOINED, TURN, START, text(0, "abce"), complete(4, "abce")))
        .anyMatch(breach -> breach.contains("content differs"));
  }

  @Test
  void a_message_that_is_not_stored_is_named() {
    assertThat(breaches(JOINED, TURN, START, text(0, "abcd"), END, whole("m9", 5, 5, "phantom")))
        .anyMatch(breach -> breach.contains("not stored"));
  }

  @Test
  void message_added_to_who_has_joined_is_named() {
    String added = frame("message_added", "'message':" + messageText("m1", 2, 2, "hello"));
    assertThat(breaches(JOINED, TURN, added, START, text(0, "abcd"), END))
        .anyMatch(breach -> breach.contains("message_added"));
  }

  @Test
  void what_the_join_settled_is_not_shown_live() {
    assertThat(breaches(joined(2), TURN, START, text(0, "abcd"), END, whole("m1", 2, 2, "hello")))
        .anyMatch(breach -> breach.contains("settled by the join"));
  }

  @Test
  void two_replies_at_a_time_are_named() {
    String second =
        frame("stream_start", "'seq':5,'message_id':'r2','conversation_id':'c','reply_to':'m1'");
    assertThat(breaches(JOINED, TURN, START, second, text(0, "abcd"), END))
        .anyMatch(breach -> breach.contains("while"));
  }

  @Test
  void a_split_surrogate_pair_is_named() {
    assertThat(breaches(JOINED, TURN, START, text(0, "\\ud83d"), text(1, "\\ude80"), END))
        .anyMatch(breach -> breach.contains("surrogate"));
  }

  @Test
  void what_is_shown_without_a_join_is_named() {
    assertThat(breaches(TURN)).anyMatch(breach -> breach.contains("without having joined"));
  }
}
