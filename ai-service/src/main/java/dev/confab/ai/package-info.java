/**
 * ai-service: takes requests for replies from Kafka, streams them from LLM providers and writes
 * what they say to {@code ai.stream}.
 *
 * <p>The tree follows a reply: {@code request} takes it, {@code runner} claims it, {@code reply}
 * runs it, {@code provider} talks to the LLM, {@code control} ends it early.
 */
package dev.confab.ai;
