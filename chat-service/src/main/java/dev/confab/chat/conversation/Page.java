package dev.confab.chat.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A part of a list.
 *
 * @param nextCursor to be sent for what follows, null at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(List<T> items, String nextCursor) {}
