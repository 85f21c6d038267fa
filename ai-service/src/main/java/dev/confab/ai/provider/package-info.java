/**
 * LLM providers by the OpenAI protocol: which are configured and how they fare, what they list,
 * which base URL is asked next and which is left alone for a while, and one streamed completion at
 * a time as an {@link dev.confab.ai.provider.LlmCall} that can be ended.
 *
 * <p>The protocol is langchain4j's; the transport beneath it is here, because a call that nobody
 * wants any more must really hang up.
 */
package dev.confab.ai.provider;
