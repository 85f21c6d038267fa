package dev.confab.contracts.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One consistent look at a conversation on the primary: everything that changed after a position.
 *
 * @param conversation its present state; {@code lastSeq} is what this look settles when {@code
 *     more} is false
 * @param member whether the asking user takes part (true when none was named)
 * @param my the asking user's own state, null when none was named
 * @param messages born or changed after the asked position, each once in its latest state, by
 *     {@code changedSeq}; a running reply is not among them
 * @param running the reply that runs now, or null
 * @param upTo every number up to here is settled by this page
 * @param more whether another page follows after {@code upTo}
 * @param reset the asked position belongs to another past: start over from nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Changes(
    Conversation conversation,
    boolean member,
    ConversationView my,
    List<Message> messages,
    RunningReply running,
    long upTo,
    boolean more,
    boolean reset) {}
