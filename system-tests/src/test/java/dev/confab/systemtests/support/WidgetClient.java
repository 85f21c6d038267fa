package dev.confab.systemtests.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** A visitor's widget on somebody's page, written from the tables of the dialect {@code dialog}. */
final class WidgetClient extends DialogClient {
  private static final String DIALOGS = "/api/widget/dialogs";

  private final String assistantId;
  private final String visitorToken;
  private final String query;

  private WidgetClient(
      String dialogId, String assistantId, String visitorToken, String query, Calls calls) {
    super("user", dialogId, calls);
    this.assistantId = assistantId;
    this.visitorToken = visitorToken;
    this.query = query;
  }

  /** A page of an origin; null for a client that is no browser. */
  static Calls page(URI gateway, String origin) {
    return new Calls(gateway, origin == null ? Map.of() : Map.of("Origin", origin));
  }

  /** Asks for a dialog. */
  static Calls.Answer create(Calls page, String assistantId) {
    return page.post(DIALOGS, Map.of("assistant_id", assistantId));
  }

  /** Opens a dialog and its socket. */
  static WidgetClient open(Calls page, String assistantId, String query) {
    JsonNode made = create(page, assistantId).done();
    WidgetClient widget =
        new WidgetClient(
            made.path("id").asText(),
            made.path("assistant_id").asText(),
            made.path("visitor_token").asText(),
            query,
            page);
    widget.connect(page.gateway());
    return widget;
  }

  /** The same dialog in another tab, or after a reload: it knows no more than where it is. */
  WidgetClient again(URI gateway) {
    Map<String, String> headers = new HashMap<>(calls().headers());
    WidgetClient widget =
        new WidgetClient(dialogId(), assistantId, visitorToken, query, new Calls(gateway, headers));
    widget.connect(gateway);
    return widget;
  }

  String assistantId() {
    return assistantId;
  }

  /** The JWT for this dialog. */
  String visitorToken() {
    return visitorToken;
  }

  @Override
  String socketPath() {
    return "/ws/widget/dialogs/" + dialogId() + "?assistant_id=" + assistantId + query;
  }

  @Override
  String messagesPath() {
    return DIALOGS + '/' + dialogId() + "/messages";
  }

  @Override
  JsonNode stored(JsonNode answer) {
    return answer.path("user_message");
  }
}
