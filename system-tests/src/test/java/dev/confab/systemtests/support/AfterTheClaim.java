package dev.confab.systemtests.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks through what one socket was sent, in order of arrival, for anything of the AI's that came
 * between a frame that tells of another owner and one that gives the dialog back to the AI.
 */
final class AfterTheClaim {
  private final List<String> breaches = new ArrayList<>();
  private String owner = "assistant";
  private long epoch;
  private int changes;

  private AfterTheClaim() {}

  /** Breaches at a socket of the dialect {@code dialog}. */
  static List<String> atDialect(List<JsonNode> frames) {
    AfterTheClaim view = new AfterTheClaim();
    frames.forEach(view::dialect);
    return view.breaches;
  }

  /** Breaches at a connection of v1, in one conversation. */
  static List<String> atV1(List<Frame> frames, String conversationId) {
    AfterTheClaim view = new AfterTheClaim();
    frames.stream()
        .filter(frame -> frame.conversationId().equals(conversationId))
        .forEach(view::v1);
    return view.breaches;
  }

  private void dialect(JsonNode frame) {
    switch (frame.path("type").asText("")) {
      case "handoff" -> owner = frame.path("state").asText();
      case "stream" -> said(frame.path("delta").asText());
      case "" -> {
        if (frame.path("sender").asText().equals("assistant")) {
          said(frame.path("text").asText());
        }
      }
      default -> {}
    }
  }

  private void v1(Frame frame) {
    switch (frame.type()) {
      case "handoff" -> {
        owner = frame.data().path("owner").asText();
        long now = frame.message().at("/handoff/epoch").asLong();
        if (now <= epoch) {
          breaches.add("epoch " + now + " after " + epoch + ": " + frame);
        }
        epoch = now;
        changes++;
      }
      case "stream_content" -> said(frame.data().path("content").asText());
      case "stream_start", "stream_complete" -> said("a frame");
      case "message_received" -> {
        if (frame.message().path("message_type").asText().equals("assistant") && changes > 0) {
          said(frame.message().path("content").asText());
        }
      }
      default -> {}
    }
  }

  private void said(String text) {
    if (!owner.equals("assistant") && !text.isEmpty()) {
      breaches.add(text.length() + " characters of the AI's while the owner is " + owner);
    }
  }
}
