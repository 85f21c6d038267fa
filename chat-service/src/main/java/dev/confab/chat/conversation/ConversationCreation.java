package dev.confab.chat.conversation;

import dev.confab.chat.account.Accounts;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.ChatEvent.ConversationChanged;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Makes conversations; being made is their first number. */
@ApplicationScoped
public class ConversationCreation {
  /** What else a new conversation needs, in the transaction that makes it. */
  public interface Claim {
    /** Runs before anything is made; what it throws undoes all. */
    void make(Connection connection, UUID id) throws SQLException;
  }

  private static final int MAX_PARTICIPANTS = 10_000;
  private static final int MAX_TITLE_CHARS = 200;
  private static final String INSERT_CONVERSATION =
      "INSERT INTO conversations (id, kind, title, owner, assistant_id, assistant_name, settings,"
          + " history, participant_count, sensitive, created_at, updated_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, now(), now())";
  private static final String INSERT_PARTICIPANTS =
      "INSERT INTO participants (conversation_id, user_id, name, role, joined_at)"
          + " SELECT ?, k.user_id, k.name,"
          + " CASE WHEN k.n = 1 THEN 'host' ELSE 'member' END, now()"
          + " FROM unnest(?, ?) WITH ORDINALITY AS k(user_id, name, n)";

  private final Ledgers ledgers;
  private final Beginnings beginnings;
  private final Accounts accounts;

  ConversationCreation(Ledgers ledgers, Beginnings beginnings, Accounts accounts) {
    this.ledgers = ledgers;
    this.beginnings = beginnings;
    this.accounts = accounts;
  }

  /**
   * Makes a conversation whose host is the actor. What it begins with is copied: later changes of
   * its assistant do not reach it.
   */
  public ConversationItem create(Actor actor, NewConversation asked) {
    return create(actor, asked, (connection, id) -> {});
  }

  /** The same, together with something that stands or falls with it. */
  public ConversationItem create(Actor actor, NewConversation asked, Claim claim) {
    check(asked);
    Beginning beginning = beginnings.of(actor.userId(), asked);
    UUID id = Ids.next();
    Map<String, String> users = users(actor, asked.participants());
    return ledgers.write(
        connection -> {
          claim.make(connection, id);
          insert(connection, id, asked, users, beginning);
        },
        new Lookup().conversation(id).user(id, actor.userId()),
        ledger -> announce(ledger, id, actor));
  }

  private static ConversationItem announce(Ledger ledger, UUID id, Actor actor) {
    LockedConversation in = ledger.conversation(id).orElseThrow();
    long seq = in.nextSeq(ledger.now());
    var contract = in.toContract();
    ledger.emit(new ConversationChanged(in.name(), seq, contract, in.told(), null, null, null));
    return new ConversationItem(
        contract, in.participant(actor.userId()).orElseThrow().view(Unread.NONE));
  }

  private static void check(NewConversation asked) {
    if (asked == null || !List.of("assistant", "room").contains(String.valueOf(asked.kind()))) {
      throw ProblemException.invalid("kind", "One of assistant, room.");
    }
    checkTitle(asked.title());
    if (asked.participants() != null && asked.participants().size() >= MAX_PARTICIPANTS) {
      throw ProblemException.invalid("participants", "At most " + MAX_PARTICIPANTS + ".");
    }
  }

  static void checkTitle(String title) {
    if (title != null && title.length() > MAX_TITLE_CHARS) {
      throw ProblemException.invalid("title", "At most " + MAX_TITLE_CHARS + " characters.");
    }
  }

  /** Names by id, null where unknown; the actor comes first. */
  private Map<String, String> users(Actor actor, List<String> participants) {
    LinkedHashMap<String, String> users = new LinkedHashMap<>();
    for (String user : participants == null ? List.<String>of() : participants) {
      users.put(userId(user, "participants"), null);
    }
    users.remove(actor.userId());
    users.putAll(accounts.names(Set.copyOf(users.keySet())));
    users.putFirst(actor.userId(), actor.name());
    return users;
  }

  /** The canonical form of a user's id. */
  static String userId(String text, String field) {
    return Ids.parse(text)
        .map(UUID::toString)
        .orElseThrow(() -> ProblemException.invalid(field, "User ids are UUIDs."));
  }

  private static void insert(
      Connection connection,
      UUID id,
      NewConversation asked,
      Map<String, String> users,
      Beginning beginning)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_CONVERSATION)) {
      insert.setObject(1, id);
      insert.setString(2, asked.kind());
      insert.setString(3, MessageText.storable(asked.title()));
      insert.setString(4, "room".equals(asked.kind()) ? "member" : "assistant");
      insert.setString(5, beginning.assistantId());
      insert.setString(6, beginning.assistantName());
      insert.setString(7, SettingsJson.write(beginning.settings()));
      insert.setObject(8, UUID.randomUUID());
      insert.setInt(9, users.size());
      insert.setBoolean(10, Boolean.TRUE.equals(asked.sensitive()));
      insert.executeUpdate();
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT_PARTICIPANTS)) {
      insert.setObject(1, id);
      insert.setArray(2, connection.createArrayOf("text", users.keySet().toArray()));
      Object[] names = users.values().stream().map(MessageText::storable).toArray();
      insert.setArray(3, connection.createArrayOf("text", names));
      insert.executeUpdate();
    }
  }
}
