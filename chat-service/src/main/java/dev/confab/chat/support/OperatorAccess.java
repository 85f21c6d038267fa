package dev.confab.chat.support;

import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Reads;
import dev.confab.contracts.chat.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/**
 * The operator's right, in one place: who has the role {@code operator} or {@code admin} reads and
 * works support conversations, and where their operators talk, without taking part in them; an
 * operator those of sites that name nobody or name them, an admin all.
 */
@ApplicationScoped
public class OperatorAccess {
  /** The kind of conversations that visitors have. */
  public static final String SUPPORT = "support";

  /** The kind of conversations that operators have among themselves about one of those. */
  public static final String BACKSTAGE = "backstage";

  private static final String OPERATOR = "operator";
  private static final String ADMIN = "admin";

  /**
   * Whether an operator works the site {@code %1$s}; {@code %2$s} is the operator's id. Both are
   * columns or parameters of the statement that this becomes a part of.
   */
  private static final String WORKS =
      "(%1$s IS NULL OR NOT EXISTS (SELECT 1 FROM site_operators n WHERE n.site_id = %1$s)"
          + " OR EXISTS (SELECT 1 FROM site_operators n WHERE n.site_id = %1$s"
          + " AND n.user_id = %2$s))";

  private static final String MAY_READ =
      "SELECT 1 FROM conversations c WHERE c.id = ? AND c.kind IN ('support', 'backstage')"
          + " AND (?::boolean OR "
          + works("c.site_id", "?::text")
          + ")";

  private final Reads reads;

  OperatorAccess(Reads reads) {
    this.reads = reads;
  }

  /**
   * The condition, in SQL, that an operator works a site.
   *
   * @param site column or parameter with the site's id; null is nobody's site
   * @param user column or parameter with the operator's id
   */
  public static String works(String site, String user) {
    return WORKS.formatted(site, user);
  }

  /** Whether these roles may work at the desk at all. */
  public static boolean isStaff(Set<String> roles) {
    return roles != null && (roles.contains(OPERATOR) || roles.contains(ADMIN));
  }

  /** Whether these roles are an admin's. */
  public static boolean isAdmin(Set<String> roles) {
    return roles != null && roles.contains(ADMIN);
  }

  /** Whether operators work conversations of this kind. */
  public static boolean isDesk(String kind) {
    return SUPPORT.equals(kind) || BACKSTAGE.equals(kind);
  }

  /** Has a ledger know whether the actor works the conversation's site; nothing for users. */
  public static void addTo(Lookup lookup, UUID conversationId, Actor actor) {
    if (isStaff(actor.roles())) {
      lookup.operator(conversationId, actor.userId());
    }
  }

  /** Whether the actor may act here without taking part; {@link #addTo} came before. */
  public static boolean mayAct(Ledger ledger, LockedConversation in, Actor actor) {
    return isStaff(actor.roles())
        && isDesk(in.kind())
        && (isAdmin(actor.roles()) || ledger.worksSite(in.id(), actor.userId()));
  }

  /** Whether a participant is one still: who answers as an operator must have the role. */
  public static boolean holds(ParticipantRow participant, Actor actor) {
    return !ParticipantRow.OPERATOR.equals(participant.role()) || isStaff(actor.roles());
  }

  /** Whether the actor may read a conversation without taking part in it. */
  public boolean mayRead(UUID conversationId, Actor actor) {
    return isStaff(actor.roles())
        && reads.plain(c -> mayRead(c, conversationId, actor.userId(), actor.roles()));
  }

  /** The same on a connection; one query, for operators and admins only. */
  public static boolean mayRead(
      Connection connection, UUID conversationId, String userId, Set<String> roles)
      throws SQLException {
    return isStaff(roles)
        && Reads.first(connection, MAY_READ, rows -> true, conversationId, isAdmin(roles), userId)
            .isPresent();
  }
}
