package dev.confab.chat.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.confab.contracts.chat.Message;

/**
 * A message's fields, and beside them what is one's own about it.
 *
 * @param myFeedback {@code up}, {@code down} or absent
 * @param chosen among the replies to one message, whether this one counts; absent elsewhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageItem(@JsonUnwrapped Message message, String myFeedback, Boolean chosen) {}
