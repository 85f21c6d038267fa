/**
 * Assistants: configured AIs that people make for themselves or for all.
 *
 * <p>A private one exists for its owner alone: by whichever path others ask for it, there is no
 * such assistant. What a conversation begins with, or a reply is asked with, is copied there, so
 * that nothing breaks when an assistant changes or goes.
 */
package dev.confab.chat.assistant;
