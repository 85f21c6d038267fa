package dev.confab.ai.model;

/**
 * A model that can answer.
 *
 * @param id its name at the provider
 * @param provider name of the provider in our configuration
 * @param isDefault whether it answers when no model is asked for
 */
public record ModelView(String id, String provider, boolean isDefault) {}
