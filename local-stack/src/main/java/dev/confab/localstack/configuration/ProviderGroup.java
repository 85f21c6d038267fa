package dev.confab.localstack.configuration;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An LLM provider as one group of variables names it.
 *
 * @param name {@code confab}, {@code deepseek}, {@code openai}, {@code ollama}, {@code llm-server}
 *     or another one
 * @param baseUrl with its path
 * @param apiKey null where none is set
 * @param model null for the first one that the provider lists
 */
public record ProviderGroup(String name, String baseUrl, String apiKey, String model) {
  private static final String FURTHER = "CONFAB_AI_PROVIDERS_";
  private static final String BASE_URL = "_BASE_URL";
  private static final String OPENAI = "https://api.openai.com/v1";

  /** The groups that are set, in their usual order; further providers follow by name. */
  public static List<ProviderGroup> of(Settings settings) {
    List<ProviderGroup> groups = new ArrayList<>();
    withKey("confab", "CONFAB_LLM", OPENAI, settings).ifPresent(groups::add);
    withKey("deepseek", "DEEPSEEK", "https://api.deepseek.com", settings).ifPresent(groups::add);
    withKey("openai", "OPENAI", OPENAI, settings).ifPresent(groups::add);
    settings
        .text("OLLAMA_BASE_URL")
        .map(url -> group("ollama", url, null, settings.text("OLLAMA_MODEL")))
        .ifPresent(groups::add);
    settings
        .text("LLM_SERVER_URL")
        .map(url -> group("llm-server", url, null, settings.text("LLM_DEFAULT_MODEL")))
        .ifPresent(groups::add);
    settings.all(ProviderGroup::namesFurther).keySet().stream()
        .sorted()
        .map(variable -> variable.substring(0, variable.length() - BASE_URL.length()))
        .forEach(prefix -> withKey(name(prefix), prefix, "", settings).ifPresent(groups::add));
    return groups;
  }

  private static boolean namesFurther(String variable) {
    return variable.startsWith(FURTHER) && variable.endsWith(BASE_URL);
  }

  private static String name(String prefix) {
    return prefix.substring(FURTHER.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What tells ai-service of a provider beside its usual groups. */
  public Map<String, String> environment() {
    String prefix = FURTHER + name.toUpperCase(Locale.ROOT).replace('-', '_');
    return Map.of(
        prefix + BASE_URL, baseUrl, prefix + "_API_KEY", apiKey, prefix + "_MODEL", model);
  }

  /** Whether a variable belongs to the groups or to what holds for all of them. */
  public static boolean isAbout(String variable) {
    return variable.startsWith("CONFAB_LLM_")
        || variable.startsWith("CONFAB_AI_PROVIDERS_")
        || variable.startsWith("CONFAB_AI_TOOLS_")
        || variable.startsWith("DEEPSEEK_")
        || variable.startsWith("OPENAI_")
        || variable.startsWith("OLLAMA_")
        || variable.startsWith("LLM_");
  }

  private static Optional<ProviderGroup> withKey(
      String name, String prefix, String usualUrl, Settings settings) {
    Optional<String> url = settings.text(prefix + "_BASE_URL");
    Optional<String> key = settings.text(prefix + "_API_KEY");
    if (url.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> model = settings.text(prefix + "_MODEL");
    return Optional.of(group(name, url.orElse(usualUrl), key.orElse(null), model));
  }

  private static ProviderGroup group(
      String name, String url, String apiKey, Optional<String> model) {
    String first = url.split(",")[0].strip().replaceAll("/+$", "");
    String path = URI.create(first).getPath();
    String whole = path == null || path.isEmpty() ? first + "/v1" : first;
    return new ProviderGroup(name, whole, apiKey, model.orElse(null));
  }

  @Override
  public String toString() {
    return "ProviderGroup[" + name + ", " + baseUrl + ", " + model + "]";
  }
}
