/** Stored messages: their row, their legal changes, and the pages of a conversation's history. */
package dev.confab.chat.message;
