package dev.confab.localstack.suite;

import dev.confab.localstack.configuration.OutsideServices;
import dev.confab.localstack.configuration.PortPlan;
import dev.confab.localstack.configuration.ProviderGroup;
import dev.confab.localstack.configuration.Settings;
import dev.confab.localstack.demollm.DemoLlmPart;
import dev.confab.localstack.infrastructure.Infrastructure;
import dev.confab.localstack.infrastructure.Secrets;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** All parts of one suite, in the order in which they are started. */
public final class Suite {
  private static final int USUAL_TOKENS_PER_SECOND = 40;
  private static final int MOST_DEMO_LLMS = 5;
  private static final int HEAP_MB = 256;
  private static final int AUTH_HEAP_MB = 128;
  private static final int GATEWAY_HEAP_MB = 320;

  private final Home home;
  private final Settings settings;
  private final PortPlan ports;
  private final Counts counts;
  private final BackingServices backing;
  private final OutsideServices outside;
  private final List<DemoLlmPart> demoLlms;
  private final Secrets secrets;

  /** Describes the suite; nothing is started or written. */
  public Suite(Home home, Project project, Settings settings, Counts counts, PortPlan ports) {
    this.home = home;
    this.settings = settings;
    this.ports = ports;
    this.counts = counts;
    this.secrets = new Secrets(home);
    this.outside = OutsideServices.of(settings);
    this.backing =
        new BackingServices(
            Infrastructure.of(
                home,
                project.programs(),
                secrets,
                ports.postgres(),
                ports.redis(),
                ports.kafka(),
                ports.kafkaController()),
            outside);
    double rate = settings.number("CONFAB_DEMO_LLM_RATE", USUAL_TOKENS_PER_SECOND);
    int demos = Math.clamp(settings.number("CONFAB_DEMO_LLMS", 1), 1, MOST_DEMO_LLMS);
    this.demoLlms =
        replicas(demos)
            .mapToObj(i -> new DemoLlmPart(home, i, PortPlan.ofReplica(ports.demoLlm(), i), rate))
            .toList();
  }

  /** Where people and clients go. */
  public String url() {
    return "http://localhost:" + ports.gateway();
  }

  public OutsideServices outside() {
    return outside;
  }

  public Accounts accounts() {
    return new Accounts(home, secrets);
  }

  /** Providers as configured, or the demo LLMs where none is. */
  public List<ProviderGroup> providers() {
    List<ProviderGroup> configured = ProviderGroup.of(settings);
    return configured.isEmpty()
        ? demoLlms.stream().map(DemoLlmPart::provider).toList()
        : configured;
  }

  /** What the services need before they start. */
  public List<Part> infrastructure() {
    List<Part> parts = new ArrayList<>(backing.parts());
    if (ProviderGroup.of(settings).isEmpty()) {
      parts.addAll(demoLlms);
    }
    return parts;
  }

  /** The services; they need no order among themselves. */
  public List<Part> services() {
    ServiceEnvironment environment =
        new ServiceEnvironment(home, settings, ports, counts, backing, secrets, providers());
    List<Part> parts = new ArrayList<>();
    parts.add(service("auth", "auth", ports.auth(), AUTH_HEAP_MB, environment));
    replicas(counts.chat())
        .forEach(i -> parts.add(replica("chat", i, ports.chat(), HEAP_MB, environment)));
    replicas(counts.ai())
        .forEach(i -> parts.add(replica("ai", i, ports.ai(), HEAP_MB, environment)));
    replicas(counts.gateways())
        .forEach(
            i -> parts.add(replica("gateway", i, ports.gateway(), GATEWAY_HEAP_MB, environment)));
    return parts;
  }

  /** All of it. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>(infrastructure());
    parts.addAll(services());
    return parts;
  }

  private Part replica(
      String service, int number, int firstPort, int heapMb, ServiceEnvironment environment) {
    int port = PortPlan.ofReplica(firstPort, number);
    return service(service, service + "-" + number, port, heapMb, environment);
  }

  private Part service(
      String service, String name, int port, int heapMb, ServiceEnvironment environment) {
    String prefix = "CONFAB_" + service.toUpperCase(Locale.ROOT);
    String options = settings.text(prefix + "_JAVA_OPTS").orElse("");
    return new ServicePart(
        home,
        name,
        service + "-service",
        port,
        prefix + "_PORT",
        heapMb,
        options.isBlank() ? List.of() : List.of(options.strip().split("\\s+")),
        () -> environment.of(service, port));
  }

  private static IntStream replicas(int count) {
    return IntStream.rangeClosed(1, count);
  }
}
