package dev.confab.chat.model;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.StorageException;
import dev.confab.chat.model.ModelReport.ProviderReport;
import dev.confab.chat.schema.Rounds;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Which models there are. What is asked here is answered from memory, no older than a second; the
 * registry in the database is what all replicas go by.
 */
@ApplicationScoped
public class Models {
  private static final Logger LOG = Logger.getLogger(Models.class);
  private static final String UNKNOWN = "unknown";

  /** What is known for longer than this many questions is not known any more. */
  private static final int ANSWERS_KEPT = 3;

  /** Whether a provider works: {@code up}, {@code down} or {@code unknown}. */
  public record ProviderState(String name, String state) {}

  private record Heard(ModelReport report, long atNanos) {}

  private final ChatConfig config;
  private final Registry registry;
  private final AiModels ai;
  private final Rounds rounds;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final ReentrantLock taking = new ReentrantLock();
  private volatile Catalog catalog = Catalog.EMPTY;
  private volatile Heard heard;
  // Guarded by the lock.
  private Heard taken;

  Models(ChatConfig config, Registry registry, AiModels ai, Rounds rounds) {
    this.config = config;
    this.registry = registry;
    this.ai = ai;
    this.rounds = rounds;
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("models", config.models().lookEvery(), this::refresh);
    if (config.clientSecret().isPresent()) {
      rounds.every("models-report", config.models().askEvery(), this::askAndTake);
    }
  }

  /**
   * The model that answers to a name: its own, or the one it is an alias of; empty if none does.
   * While nothing is known any name may be one.
   */
  public Optional<String> answering(String name) {
    return catalog.answering(name);
  }

  /**
   * As {@link #answering}, for whoever may wait: what another replica added a moment ago is known.
   */
  public Optional<String> answeringNow(String name) {
    Optional<String> known = catalog.answering(name);
    if (known.isPresent() || !Catalog.isName(name)) {
      return known;
    }
    refresh();
    return catalog.answering(name);
  }

  /** Whether any model is known to answer. */
  public boolean isKnown() {
    return !catalog.activeNames().isEmpty();
  }

  /** What ai-service said of its providers lately; {@code unknown} when it has fallen silent. */
  public List<ProviderState> providers() {
    Heard last = heard;
    if (last == null) {
      return List.of();
    }
    Duration kept = config.models().askEvery().multipliedBy(ANSWERS_KEPT);
    boolean fresh = System.nanoTime() - last.atNanos() < kept.toNanos();
    return last.report().providers().stream()
        .map(p -> new ProviderState(p.name(), fresh ? state(p) : UNKNOWN))
        .toList();
  }

  private static String state(ProviderReport provider) {
    return "up".equals(provider.state()) || "down".equals(provider.state())
        ? provider.state()
        : UNKNOWN;
  }

  /** The catalog as it stands in the database now. */
  Catalog fresh() {
    refresh();
    return catalog;
  }

  private void refresh() {
    // One after the other, so that an older reading never replaces a newer one.
    refreshing.lock();
    try {
      catalog = registry.newerThan(catalog);
    } finally {
      refreshing.unlock();
    }
  }

  private void askAndTake() throws InterruptedException {
    ModelReport report;
    try {
      report = ai.read();
    } catch (IOException e) {
      LOG.debugf("event=models_unknown error=%s", e.toString());
      return;
    }
    heard = new Heard(report, System.nanoTime());
    taking.lock();
    try {
      long age = taken == null ? 0 : System.nanoTime() - taken.atNanos();
      boolean due = age >= config.models().reconcileEvery().toNanos();
      if (taken == null || due || isNews(taken.report(), report)) {
        take(report);
      }
    } finally {
      taking.unlock();
    }
  }

  /** Whether providers are up or down is no news to the registry. */
  private static boolean isNews(ModelReport before, ModelReport now) {
    return !before.models().equals(now.models())
        || !before.aliases().equals(now.aliases())
        || !listings(before).equals(listings(now));
  }

  private static List<ProviderReport> listings(ModelReport report) {
    return report.providers().stream()
        .map(p -> new ProviderReport(p.name(), null, p.listed(), p.listedAt()))
        .toList();
  }

  /**
   * Has every provider asked and takes in what they say.
   *
   * @throws IOException if no replica of ai-service answered
   */
  Synchronised synchronise() throws IOException, InterruptedException {
    taking.lock();
    try {
      Catalog before = fresh();
      ModelReport report = ai.sync();
      heard = new Heard(report, System.nanoTime());
      Reconciliation result = take(report);
      return Synchronised.of(before, catalog, report, result);
    } finally {
      taking.unlock();
    }
  }

  private Reconciliation take(ModelReport report) {
    Reconciliation result;
    try {
      result = registry.take(report);
      refresh();
    } catch (StorageException e) {
      LOG.warnf("event=models_not_stored error=%s", e.getMessage());
      throw e;
    }
    taken = new Heard(report, System.nanoTime());
    if (!result.added().isEmpty() || !result.retired().isEmpty()) {
      LOG.infof(
          "event=models_changed added=%d retired=%d active=%d",
          result.added().size(), result.retired().size(), catalog.activeNames().size());
    }
    return result;
  }
}
