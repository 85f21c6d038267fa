/** What ai-service asks of chat-service, with its own service token. */
package dev.confab.ai.chatservice;
