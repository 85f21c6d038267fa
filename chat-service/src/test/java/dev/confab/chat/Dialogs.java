package dev.confab.chat;

import dev.confab.chat.Api.Person;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.ChatCommand.HandOver;
import dev.confab.contracts.chat.ChatCommand.SendMessage;
import dev.confab.contracts.chat.HandOverAction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Support conversations and who acts in them. */
final class Dialogs {
  private static final String CONVERSATION =
      "INSERT INTO conversations (id, kind, owner, site_id, history, participant_count, created_at,"
          + " updated_at) VALUES (?, ?, ?, ?, gen_random_uuid(), ?, now(), now())";
  private static final String VISITOR =
      "INSERT INTO participants (conversation_id, user_id, name, role, joined_at)"
          + " VALUES (?, ?, ?, 'member', now())";

  private final DataSource data;

  Dialogs(DataSource data) {
    this.data = data;
  }

  String open(Person visitor) {
    return open(visitor, null);
  }

  String open(Person visitor, UUID siteId) {
    UUID id = UUID.randomUUID();
    run(CONVERSATION, id, "support", "assistant", siteId, 1);
    run(VISITOR, id, visitor.id().toString(), visitor.name());
    return id.toString();
  }

  String backstage(UUID siteId) {
    UUID id = UUID.randomUUID();
    run(CONVERSATION, id, "backstage", "member", siteId, 0);
    return id.toString();
  }

  UUID site(String officeHours, Person... operators) {
    UUID id = UUID.randomUUID();
    run(
        "INSERT INTO sites (id, name, office_hours, created_at, updated_at)"
            + " VALUES (?, 'Shop', ?::jsonb, now(), now())",
        id,
        officeHours);
    for (Person each : operators) {
      run("INSERT INTO site_operators VALUES (?, ?)", id, each.id().toString());
    }
    return id;
  }

  void run(String sql, Object... parameters) {
    try (Connection connection = data.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static Actor visitor(Person person) {
    return new Actor(person.id().toString(), person.name(), Set.of("visitor"));
  }

  static Actor operator(Person person) {
    return new Actor(person.id().toString(), person.name(), Set.of("operator"));
  }

  static SendMessage say(Actor actor, String dialog, String clientId, String content) {
    return new SendMessage(
        UUID.randomUUID().toString(), dialog, actor, Api.ORIGIN, clientId, content, null, null);
  }

  static HandOver hand(Actor actor, String dialog, HandOverAction action) {
    return hand(actor, dialog, action, null);
  }

  static HandOver hand(Actor actor, String dialog, HandOverAction action, Person to) {
    return new HandOver(
        UUID.randomUUID().toString(),
        dialog,
        actor,
        Api.ORIGIN,
        action,
        to == null ? null : to.id().toString(),
        to == null ? null : to.name(),
        null);
  }
}
