package dev.confab.chat.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Message;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A dialog as the operators of its site see it.
 *
 * @param waitingSince since when it waits for a person, null while it does not
 * @param waitingSeconds the same as of now
 * @param tags what operators call it
 * @param unanswered the visitor's messages after the last answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DialogItem(
    Conversation conversation,
    UUID siteId,
    SeenVisitor visitor,
    Instant waitingSince,
    Long waitingSeconds,
    String operatorId,
    String operatorName,
    List<String> tags,
    Rating rating,
    Message lastMessage,
    int unanswered) {
  /**
   * What is known of a visitor.
   *
   * @param page the address of the page they look at, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SeenVisitor(String id, String name, String page, String title) {}
}
