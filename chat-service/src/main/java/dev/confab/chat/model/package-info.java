/** Which models there are, as ai-service tells; asked in the background, never by a command. */
package dev.confab.chat.model;
