/**
 * Support conversations: who answers in them, and how that changes.
 *
 * <p>In come wishes to hand over (commands, a visitor's words, what became of a reply, operators
 * who are gone or silent); {@link dev.confab.chat.support.OwnerState} says where each leads, and
 * {@link dev.confab.chat.support.HandOvers} does it under the conversation's lock, after the fence
 * of a reply that runs. Out goes one numbered message per change. What a state does not allow is
 * refused with the name of who answers.
 */
package dev.confab.chat.support;
