package dev.confab.contracts.chat;

/** Tokens a reply cost, as the LLM provider counted them. */
public record Usage(int promptTokens, int completionTokens, int totalTokens) {}
