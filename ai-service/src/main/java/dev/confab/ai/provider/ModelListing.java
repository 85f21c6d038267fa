package dev.confab.ai.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.ai.AiConfig;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Asks providers for their models. Read here, not by langchain4j, whose catalog drops the length of
 * the context that many providers tell.
 */
@ApplicationScoped
public class ModelListing {
  private static final Logger LOG = Logger.getLogger(ModelListing.class);

  /** More models than any provider has; what comes beyond is dropped. */
  private static final int MAX_MODELS = 2_000;

  /** One meaning, as many names as servers. */
  private static final List<String> CONTEXT_FIELDS =
      List.of("context_length", "context_window", "max_model_len", "max_context_length");

  private final Transport transport;
  private final ObjectMapper json;
  private final AiConfig.Upstream config;

  ModelListing(Transport transport, ObjectMapper json, AiConfig config) {
    this.transport = transport;
    this.json = json;
    this.config = config.upstream();
  }

  /**
   * Asks one base URL after the other until one answers, and tells the provider. Blocks, for a
   * bounded time.
   *
   * @return whether the provider listed its models
   */
  public boolean refresh(Provider provider) {
    boolean answered = false;
    for (Endpoint endpoint : provider.byLoad()) {
      HttpExchange exchange =
          new HttpExchange(transport.next(), UnaryOperator.identity(), config.modelsTimeout());
      try {
        provider.listed(read(exchange.execute(request(provider, endpoint)).body()));
        return true;
      } catch (RuntimeException | JsonProcessingException e) {
        LOG.debugf("event=llm_models_failed provider=%s", provider.name());
        answered |= exchange.failure() instanceof LlmFailure.Status status && status.isRefusal();
      }
    }
    provider.notListed(answered);
    return false;
  }

  private static HttpRequest request(Provider provider, Endpoint endpoint) {
    HttpRequest.Builder request =
        HttpRequest.builder().method(HttpMethod.GET).url(endpoint.baseUrl() + "/models");
    if (provider.apiKey() != null) {
      request.addHeader("Authorization", "Bearer " + provider.apiKey());
    }
    return request.build();
  }

  private List<ListedModel> read(String body) throws JsonProcessingException {
    JsonNode data = json.readTree(body).path("data");
    if (!data.isArray()) {
      throw new IllegalStateException("no list of models");
    }
    List<ListedModel> models = new ArrayList<>();
    for (JsonNode each : data) {
      String id = each.path("id").asText("");
      if (!id.isBlank() && models.size() < MAX_MODELS) {
        models.add(new ListedModel(id, contextLength(each)));
      }
    }
    return models;
  }

  private static Integer contextLength(JsonNode model) {
    return CONTEXT_FIELDS.stream()
        .map(name -> model.path(name).asInt(0))
        .filter(length -> length > 0)
        .findFirst()
        .orElse(null);
  }
}
