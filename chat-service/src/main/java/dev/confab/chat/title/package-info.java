/**
 * Titles that conversations get by themselves after their first exchange. A title that a person
 * gave is never replaced.
 */
package dev.confab.chat.title;
