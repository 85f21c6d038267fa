/**
 * What operators work with: the queue of dialogs, what is known of a visitor, tags, notes among
 * themselves, canned replies and suggestions, and who of them has how much to do.
 *
 * <p>Whoever does not work a dialog's site does not find it. Nothing here reaches a visitor, but
 * that they may rate a dialog once it is closed.
 */
package dev.confab.chat.desk;
