package dev.confab.ai.model;

import dev.confab.ai.AiConfig;
import dev.confab.ai.provider.ListedModel;
import dev.confab.ai.provider.ModelListing;
import dev.confab.ai.provider.Provider;
import dev.confab.ai.provider.Providers;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * The models of all providers, asked for at the start, on a schedule and on demand; one that is
 * down changes nothing.
 */
@ApplicationScoped
public class Models {
  private static final Logger LOG = Logger.getLogger(Models.class);

  /** Until a first answer it may be that the provider is only starting. */
  private static final Duration FIRST_LOOKS = Duration.ofSeconds(2);

  private final Providers providers;
  private final ModelListing listing;
  private final Duration interval;
  private final List<Thread> watchers = new ArrayList<>();

  Models(Providers providers, ModelListing listing, AiConfig config) {
    this.providers = providers;
    this.listing = listing;
    this.interval = config.upstream().modelsRefresh();
  }

  void start(@Observes StartupEvent ignored) {
    for (Provider provider : providers.all()) {
      watchers.add(Thread.ofVirtual().name("models").start(() -> watch(provider)));
    }
  }

  private void watch(Provider provider) {
    boolean answered = true;
    while (!Thread.currentThread().isInterrupted()) {
      boolean answers = listing.refresh(provider);
      if (answers != answered) {
        LOG.infof("event=llm_models provider=%s answers=%s", provider.name(), answers);
      }
      answered = answers;
      try {
        Thread.sleep(provider.listedModels().isEmpty() ? FIRST_LOOKS : interval);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Asks all providers at once and waits for them, for a bounded time. */
  public void sync() {
    try (ExecutorService side = Executors.newVirtualThreadPerTaskExecutor()) {
      providers.all().forEach(provider -> side.submit(() -> listing.refresh(provider)));
    }
  }

  /** As last heard of. */
  public ModelsView view() {
    return new ModelsView(
        all(), providers.all().stream().map(Provider::state).toList(), providers.aliases());
  }

  /** Every model once, by its first provider; the default one is marked. */
  private List<ModelView> all() {
    List<ModelView> views = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>();
    boolean first = true;
    for (Provider provider : providers.all()) {
      String preferred = provider.defaultModel();
      Set<String> names = new LinkedHashSet<>();
      if (preferred != null) {
        names.add(preferred);
      }
      provider.listedModels().forEach(model -> names.add(model.id()));
      for (String name : names) {
        if (known.add(name)) {
          views.add(view(provider, name, first && name.equals(preferred)));
        }
      }
      first = first && names.isEmpty();
    }
    return views;
  }

  private static ModelView view(Provider provider, String name, boolean isDefault) {
    Integer context = provider.listing(name).map(ListedModel::contextLength).orElse(null);
    return new ModelView(name, provider.name(), isDefault, context);
  }

  @PreDestroy
  void stop() {
    watchers.forEach(Thread::interrupt);
  }
}
