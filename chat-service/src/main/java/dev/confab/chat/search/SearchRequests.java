package dev.confab.chat.search;

import dev.confab.chat.conversation.ConversationQueries;
import dev.confab.chat.conversation.Page;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.search.SearchQueries.Asked;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Checks what is asked of a search; a conversation one takes no part in does not exist. */
@ApplicationScoped
class SearchRequests {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;
  private static final int MAX_CHARS = 200;

  private final ConversationQueries conversations;
  private final SearchQueries queries;

  SearchRequests(ConversationQueries conversations, SearchQueries queries) {
    this.conversations = conversations;
    this.queries = queries;
  }

  Page<SearchHit> search(
      String userId, String text, String conversationId, String cursor, Integer limit) {
    if (text == null || text.isBlank() || text.length() > MAX_CHARS || text.indexOf('\0') >= 0) {
      throw ProblemException.invalid("q", "1 to " + MAX_CHARS + " characters.");
    }
    UUID conversation = null;
    if (conversationId != null) {
      conversation =
          Ids.parse(conversationId)
              .filter(id -> conversations.isParticipant(id, userId))
              .orElseThrow(() -> ProblemException.notFound("conversation"));
    }
    int wanted = limit == null ? DEFAULT_LIMIT : Math.clamp(limit, 1, MAX_LIMIT);
    return queries.search(new Asked(userId, text, conversation, cursor, wanted));
  }
}
