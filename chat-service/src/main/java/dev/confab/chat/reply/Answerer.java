package dev.confab.chat.reply;

/**
 * Who shall answer.
 *
 * @param assistantId an assistant's id, a model's name, or {@link Reply#DEFAULT_ASSISTANT}
 * @param persona of an assistant that is not the conversation's own, else null
 */
public record Answerer(String assistantId, Persona persona) {}
