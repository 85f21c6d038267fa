/**
 * Support conversations: the sites that visitors come from, how a dialog is opened there, who
 * answers in it, and how that changes.
 *
 * <p>A visitor is nobody but one participant of one conversation. What browsers of other origins
 * ask for is refused; what is not a browser says no origin and is let in.
 *
 * <p>In come wishes to hand over (commands, a visitor's words, what became of a reply, operators
 * who are gone or silent); {@link dev.confab.chat.support.OwnerState} says where each leads, and
 * {@link dev.confab.chat.support.HandOvers} does it under the conversation's lock, after the fence
 * of a reply that runs. Out goes one numbered message per change. What a state does not allow is
 * refused with the name of who answers.
 */
package dev.confab.chat.support;
