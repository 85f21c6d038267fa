package dev.confab.ai.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A model that can answer.
 *
 * @param id its name at the provider
 * @param provider name of the provider in our configuration
 * @param isDefault whether it answers when no model is asked for
 * @param contextLength tokens of prompt and answer together, or null where its provider is silent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelView(String id, String provider, boolean isDefault, Integer contextLength) {}
