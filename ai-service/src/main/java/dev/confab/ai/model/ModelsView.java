package dev.confab.ai.model;

import dev.confab.ai.provider.ProviderState;
import java.util.List;
import java.util.Map;

/**
 * What can answer now.
 *
 * @param models every model once, by the first provider that has it
 * @param providers in order of preference
 * @param aliases old names of models and what answers for them
 */
public record ModelsView(
    List<ModelView> models, List<ProviderState> providers, Map<String, String> aliases) {}
