package dev.confab.ai.model;

import dev.confab.ai.AiConfig;
import dev.confab.ai.provider.LlmClient;
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
import org.jboss.logging.Logger;

/** The models of all providers, asked for in the background; one that is down changes nothing. */
@ApplicationScoped
public class Models {
  private static final Logger LOG = Logger.getLogger(Models.class);

  private final Providers providers;
  private final LlmClient llm;
  private final Duration interval;
  private final List<Thread> watchers = new ArrayList<>();

  Models(Providers providers, LlmClient llm, AiConfig config) {
    this.providers = providers;
    this.llm = llm;
    this.interval = config.upstream().modelsRefresh();
  }

  void start(@Observes StartupEvent ignored) {
    for (Provider provider : providers.all()) {
      watchers.add(Thread.ofVirtual().name("models").start(() -> watch(provider)));
    }
  }

  private void watch(Provider provider) {
    boolean answers = true;
    while (!Thread.currentThread().isInterrupted()) {
      boolean now = ask(provider);
      if (now != answers) {
        LOG.infof("event=llm_models provider=%s answers=%s", provider.name(), now);
      }
      answers = now;
      try {
        // Until a first answer it may be that the provider is only starting.
        Thread.sleep(provider.listedModels().isEmpty() ? Duration.ofSeconds(2) : interval);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean ask(Provider provider) {
    try {
      provider.listed(llm.models(provider));
      return true;
    } catch (RuntimeException e) {
      LOG.debugf("event=llm_models_failed provider=%s", provider.name());
      return false;
    }
  }

  /** Every model once, by its first provider; the default one is marked. */
  public List<ModelView> all() {
    List<ModelView> views = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>();
    boolean first = true;
    for (Provider provider : providers.all()) {
      String preferred = provider.defaultModel();
      Set<String> names = new LinkedHashSet<>();
      if (preferred != null) {
        names.add(preferred);
      }
      names.addAll(provider.listedModels());
      for (String name : names) {
        if (known.add(name)) {
          views.add(new ModelView(name, provider.name(), first && name.equals(preferred)));
        }
      }
      first = first && names.isEmpty();
    }
    return views;
  }

  @PreDestroy
  void stop() {
    watchers.forEach(Thread::interrupt);
  }
}
