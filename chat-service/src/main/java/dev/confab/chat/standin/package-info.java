/** Replies in the name of members who are away. */
package dev.confab.chat.standin;
