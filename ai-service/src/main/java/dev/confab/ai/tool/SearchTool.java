package dev.confab.ai.tool;

import dev.confab.ai.chatservice.ConversationSearch;
import dev.confab.ai.chatservice.SearchHit;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolMemoryId;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;

/** Finds what the user wrote or read before; whose conversations is not the model's to say. */
@Singleton
public class SearchTool {
  private static final int HITS = 8;
  private static final int MAX_QUERY = 200;

  private final ConversationSearch search;

  SearchTool(ConversationSearch search) {
    this.search = search;
  }

  boolean isConfigured() {
    return search.isConfigured();
  }

  /** The best hits, a line each. */
  @Tool(
      name = "search_conversations",
      value = "Searches the user's own earlier conversations by words and tells what was said.")
  public String searchConversations(
      @ToolMemoryId String userId, @P("words that occur in the message sought") String query)
      throws IOException, InterruptedException {
    if (query == null || query.isBlank()) {
      throw new ToolRefusal("Give at least one word to search for.");
    }
    String words = query.substring(0, Math.min(MAX_QUERY, query.length()));
    List<SearchHit> hits = search.find(userId, words, HITS);
    if (hits.isEmpty()) {
      return "Nothing was found.";
    }
    StringBuilder lines = new StringBuilder();
    for (SearchHit hit : hits) {
      lines.append("- ").append(hit.createdAt()).append(", ");
      lines.append(hit.title() == null ? "untitled" : '"' + hit.title() + '"').append(", ");
      lines.append(hit.senderName() == null ? "somebody" : hit.senderName()).append(": ");
      lines.append(plain(hit.snippet())).append('\n');
    }
    return lines.toString();
  }

  /** The snippet is made for pages; a model reads text. */
  private static String plain(String snippet) {
    return snippet == null
        ? ""
        : snippet
            .replaceAll("</?mark>", "")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
  }
}
