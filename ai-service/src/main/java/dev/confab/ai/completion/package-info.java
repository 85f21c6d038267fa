/**
 * Completions as a whole over HTTP, for the other services: a list of messages enters, an answer
 * leaves, by the same rules as a reply; or an honest refusal, in bounded time.
 */
package dev.confab.ai.completion;
