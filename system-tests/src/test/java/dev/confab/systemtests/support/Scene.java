package dev.confab.systemtests.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.delivery.DeliveryCheck;
import dev.confab.systemtests.delivery.History;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One dialog with all the kinds of sockets that look at it. */
final class Scene implements AutoCloseable {
  private static final String STREAM = "&stream=1";

  private final WidgetClient widget;
  private final PanelClient panel;
  private final V1Client visitor;

  private Scene(WidgetClient widget, PanelClient panel, V1Client visitor) {
    this.widget = widget;
    this.panel = panel;
    this.visitor = visitor;
  }

  /** A visitor opens a dialog at one gateway, and everything else looks from the other. */
  static Scene open(Site site, URI here, URI there, Person operator) {
    WidgetClient widget = site.visitor(here, STREAM);
    PanelClient panel = PanelClient.open(there, operator, widget.dialogId(), STREAM);
    V1Client visitor = V1Client.connect(there, Site.asPerson(widget));
    visitor.join(widget.dialogId());
    return new Scene(widget, panel, visitor);
  }

  String id() {
    return widget.dialogId();
  }

  WidgetClient widget() {
    return widget;
  }

  PanelClient panel() {
    return panel;
  }

  /** Whether every dialect socket and the visitor's v1 socket know that a person has it. */
  boolean isKnownToBeClaimed() {
    return widget.socket().state().equals("operator")
        && panel.socket().state().equals("operator")
        && visitor.frames().stream().anyMatch(frame -> frame.is("handoff"));
  }

  /**
   * Everything that is wrong at any socket.
   *
   * @param desks connections of operators who have joined it
   * @param resumed a connection that joined it afterwards, from its beginning
   */
  List<String> breaches(History history, Map<String, V1Client> desks, V1Client resumed) {
    List<String> found = new ArrayList<>(widget.breaches());
    found.addAll(panel.breaches());
    found.addAll(AfterTheClaim.atDialect(widget.socket().frames()));
    found.addAll(AfterTheClaim.atDialect(panel.socket().frames()));
    Map<String, List<Frame>> logs = new TreeMap<>(Map.of("visitor", visitor.frames()));
    desks.forEach((name, client) -> logs.put(name, client.frames()));
    logs.values().forEach(log -> found.addAll(AfterTheClaim.atV1(log, id())));
    logs.put("resumed", resumed.frames());
    found.addAll(DeliveryCheck.breaches(history, logs, Map.of()));
    for (JsonNode reply : history.messages()) {
      if (reply.path("message_type").asText().equals("assistant")) {
        compare(reply, found);
      }
    }
    return found.stream().map(breach -> id() + ": " + breach).toList();
  }

  /** The same text on both screens as in the history. */
  private void compare(JsonNode reply, List<String> found) {
    String text = reply.path("content").asText();
    if (text.isEmpty()) {
      return;
    }
    for (DialogClient client : List.of(widget, panel)) {
      long shown =
          client.socket().frames().stream()
              .filter(frame -> frame.path("id").equals(reply.path("id")))
              .filter(frame -> frame.path("text").asText().equals(text))
              .count();
      if (shown != 1) {
        found.add("the reply's stored text was shown " + shown + " times: " + reply.path("id"));
      }
    }
  }

  @Override
  public void close() {
    widget.close();
    panel.close();
    visitor.close();
  }
}
