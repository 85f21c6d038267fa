package dev.confab.systemtests.delivery;

import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.V1Client;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what connections saw of one conversation against what is stored, and reports every breach
 * of the protocol's guarantees 1 to 5. An empty list means that none was seen.
 */
public final class DeliveryCheck {
  private static final String CONVERSATION = "conversation";

  private final History history;
  private final Map<Long, String> subjects;
  private final List<String> breaches = new ArrayList<>();

  private DeliveryCheck(History history, Collection<List<Frame>> logs) {
    this.history = history;
    this.subjects = new HashMap<>(history.subjects());
    logs.forEach(this::learnSubjects);
  }

  /**
   * Checks logs of connections, each complete from its first frame.
   *
   * @param open logs of connections that were open, joined and settled when history was read: they
   *     must have shown everything
   * @param ended logs of connections that ended before: they must have shown a correct beginning
   */
  public static List<String> breaches(
      History history, Map<String, List<Frame>> open, Map<String, List<Frame>> ended) {
    List<List<Frame>> all = new ArrayList<>(open.values());
    all.addAll(ended.values());
    DeliveryCheck check = new DeliveryCheck(history, all);
    check.breaches.addAll(history.breaches());
    open.forEach((name, log) -> check.read(name, log, true));
    ended.forEach((name, log) -> check.read(name, log, false));
    return check.breaches;
  }

  private void learnSubjects(List<Frame> log) {
    for (Frame frame : log) {
      if (frame.conversationId().equals(history.id()) && frame.number().isPresent()) {
        subjects.putIfAbsent(
            frame.number().getAsLong(),
            frame.is("conversation_updated") ? CONVERSATION : frame.messageId());
      }
    }
  }

  private void read(String name, List<Frame> log, boolean complete) {
    JoinedView view = null;
    for (Frame frame : log) {
      if (isLeave(frame)) {
        view = null;
      } else if (!frame.conversationId().equals(history.id())) {
        continue;
      } else if (frame.is("joined")) {
        view = new JoinedView(frame);
      } else if (view != null) {
        view.accept(frame);
      } else if (frame.is(
          "message_received", "stream_start", "stream_content", "stream_complete")) {
        breaches.add(name + ": shown without having joined: " + frame);
      }
      if (view != null) {
        drain(name, view);
      }
    }
    if (view != null) {
      view.checkNumbers(subjects, CONVERSATION);
      if (complete) {
        view.checkAgainst(history);
      }
      drain(name, view);
    }
  }

  private void drain(String name, JoinedView view) {
    view.takeBreaches().forEach(breach -> breaches.add(name + ": " + breach));
  }

  private boolean isLeave(Frame frame) {
    return frame.is("ack") && frame.id().equals(V1Client.leaveId(history.id()));
  }
}
