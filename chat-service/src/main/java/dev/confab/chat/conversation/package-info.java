/**
 * Conversations and who takes part: their rows, what one's own list shows, and their REST paths.
 *
 * <p>It refuses strangers with {@code NOT_FOUND}, so that an id tells nothing to who may not see
 * it.
 */
package dev.confab.chat.conversation;
