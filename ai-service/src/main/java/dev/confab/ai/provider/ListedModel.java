package dev.confab.ai.provider;

/**
 * A model as its provider lists it.
 *
 * @param contextLength tokens of prompt and answer together, or null where the provider is silent
 */
public record ListedModel(String id, Integer contextLength) {}
