/**
 * Support conversations: the sites that visitors come from, how a dialog is opened there, and when
 * somebody is there to answer.
 *
 * <p>A visitor is nobody but one participant of one conversation. What browsers of other origins
 * ask for is refused; what is not a browser says no origin and is let in.
 */
package dev.confab.chat.support;
