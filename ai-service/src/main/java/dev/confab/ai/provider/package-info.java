/**
 * LLM providers by the OpenAI protocol: which are configured, which base URL is asked next, and one
 * streamed completion at a time as an {@link dev.confab.ai.provider.LlmCall} that can be ended.
 *
 * <p>The protocol is langchain4j's; the transport beneath it is here, because a call that nobody
 * wants any more must really hang up.
 */
package dev.confab.ai.provider;
