package dev.confab.systemtests.support;

import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.Suite;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A website with a support desk, made for a test.
 *
 * @param origin the one that may embed its widget
 */
record Site(Suite suite, String id, String assistantId, String origin) {
  /** Makes one that every operator works. */
  static Site open(Suite suite) {
    return open(suite, Map.of());
  }

  /** Makes one with some wishes more. */
  static Site open(Suite suite, Map<String, Object> wishes) {
    Person admin = suite.admin();
    Calls calls = Calls.at(suite.gatewayA(), admin.accessToken());
    String assistantId =
        calls
            .post("/api/v1/assistants", Map.of("name", "Desk", "is_public", true))
            .done()
            .path("id")
            .asText();
    String origin = "https://" + UUID.randomUUID().toString().substring(0, 8) + ".example.org";
    Map<String, Object> wish = new HashMap<>(wishes);
    wish.put("name", "A shop");
    wish.put("assistant_id", assistantId);
    wish.put("origins", List.of(origin));
    String id = calls.post("/api/v1/support/sites", wish).done().path("id").asText();
    return new Site(suite, id, assistantId, origin);
  }

  /** Makes one that a single operator works. */
  static Site workedBy(Suite suite, Person operator) {
    Site site = open(suite);
    Calls.at(suite.gatewayA(), suite.admin().accessToken())
        .send(
            "PUT",
            "/api/v1/support/sites/" + site.id() + "/operators",
            Map.of("user_ids", List.of(operator.id())))
        .done();
    return site;
  }

  /** A page of this site. */
  Calls page(URI gateway) {
    return WidgetClient.page(gateway, origin);
  }

  /** A visitor who opens a dialog there. */
  WidgetClient visitor(URI gateway) {
    return visitor(gateway, "");
  }

  /** The same, with more in the socket's query. */
  WidgetClient visitor(URI gateway, String query) {
    return WidgetClient.open(page(gateway), assistantId, query);
  }

  /** An operator acts over REST v1. */
  static Calls.Answer act(
      URI gateway, Person operator, String dialogId, String action, Map<String, ?> body) {
    return Calls.at(gateway, operator.accessToken())
        .post("/api/v1/support/dialogs/" + dialogId + '/' + action, body);
  }

  /** A dialog as the desk stores it. */
  History history(Person operator, String dialogId) {
    return suite.history(operator, dialogId);
  }

  /** A visitor as v1 knows them. */
  static Person asPerson(WidgetClient widget) {
    return new Person("", "visitor", "", widget.visitorToken(), "");
  }
}
