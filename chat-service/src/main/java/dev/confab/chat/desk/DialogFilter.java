package dev.confab.chat.desk;

import dev.confab.chat.conversation.Instants;
import dev.confab.chat.conversation.ListCursor;
import dev.confab.chat.desk.DialogQueries.Wanted;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.contracts.chat.Actor;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows {@code WHERE} in a list of dialogs: only what was asked for, so that each question
 * finds its index. Not thread-safe.
 */
final class DialogFilter {
  private static final String WAITING = "waiting";
  private static final String OPEN = "open";

  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();
  private final boolean waiting;

  DialogFilter(Actor actor, Wanted wanted, String cursor, int limit) {
    waiting = WAITING.equals(wanted.state());
    sql.append(DialogQueries.WORKED);
    parameters.add(OperatorAccess.isAdmin(actor.roles()));
    parameters.add(actor.userId());
    state(wanted.state());
    add(" AND d.operator_id = ?", wanted.operatorId());
    add(" AND d.site_id = ?", wanted.siteId());
    add(" AND d.tags @> ARRAY[?::text]", wanted.tag());
    from(ListCursor.parse(cursor, waiting ? ListCursor.OLDEST : ListCursor.NEWEST));
    parameters.add(limit);
  }

  private void state(String state) {
    if (waiting) {
      // Spelled out, or the index of those that wait would not be known to fit.
      sql.append(" AND d.state = 'waiting'");
    } else if (OPEN.equals(state)) {
      sql.append(" AND d.state <> 'none'");
    } else {
      add(" AND d.state = ?", state);
    }
  }

  private void from(ListCursor from) {
    sql.append(
        waiting
            ? " AND (d.state_since, d.conversation_id) > (?, ?)"
                + " ORDER BY d.state_since, d.conversation_id LIMIT ?"
            : " AND (d.created_at, d.conversation_id) < (?, ?)"
                + " ORDER BY d.created_at DESC, d.conversation_id DESC LIMIT ?");
    parameters.add(Instants.parameter(from.updatedAt()));
    parameters.add(from.id());
  }

  private void add(String condition, Object value) {
    if (value != null) {
      sql.append(condition);
      parameters.add(value);
    }
  }

  String sql() {
    return sql.toString();
  }

  Object[] parameters() {
    return parameters.toArray();
  }

  /** Where the list goes on after a dialog. */
  String after(DialogRow last) {
    var time = waiting ? last.stateSince() : last.conversation().createdAt();
    return new ListCursor(time, last.id()).write();
  }
}
