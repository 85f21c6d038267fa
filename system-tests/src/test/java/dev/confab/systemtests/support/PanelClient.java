package dev.confab.systemtests.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Person;
import java.net.URI;
import java.util.Map;

/** An operator's panel, written from the tables of the dialect {@code dialog}. */
final class PanelClient extends DialogClient {
  private static final String DIALOGS = "/api/dialogs";

  private final Person operator;
  private final String query;

  private PanelClient(URI gateway, Person operator, String dialogId, String query) {
    super("manager", dialogId, Calls.at(gateway, operator.accessToken()));
    this.operator = operator;
    this.query = query;
  }

  /** Opens a dialog. */
  static PanelClient open(URI gateway, Person operator, String dialogId, String query) {
    PanelClient panel = new PanelClient(gateway, operator, dialogId, query);
    panel.connect(gateway);
    return panel;
  }

  /** The same operator's panel in another window, or after a reload. */
  PanelClient again(URI gateway) {
    return open(gateway, operator, dialogId(), query);
  }

  /**
   * Asks for {@code handoff}, {@code claim}, {@code release}, {@code transfer} or {@code close}.
   */
  Calls.Answer act(String action, Map<String, ?> body) {
    return calls().post(DIALOGS + '/' + dialogId() + '/' + action, body);
  }

  /** The dialogs in a state. */
  JsonNode list(String state) {
    return calls().get(DIALOGS + "?state=" + state).done();
  }

  @Override
  String socketPath() {
    return "/ws/dialogs/" + dialogId() + "?token=" + operator.accessToken() + query;
  }

  @Override
  String messagesPath() {
    return DIALOGS + '/' + dialogId() + "/messages";
  }

  @Override
  JsonNode stored(JsonNode answer) {
    return answer;
  }
}
