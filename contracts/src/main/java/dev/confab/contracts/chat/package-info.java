/** Commands to chat-service, the events it answers with, and the views they carry. */
package dev.confab.contracts.chat;
