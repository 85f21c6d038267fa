package dev.confab.localstack.suite;

import dev.confab.localstack.configuration.PortPlan;
import dev.confab.localstack.configuration.ProviderGroup;
import dev.confab.localstack.configuration.Settings;
import dev.confab.localstack.infrastructure.DatabaseAccess;
import dev.confab.localstack.infrastructure.Secrets;
import dev.confab.localstack.process.Home;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The environment of each service: what it needs, and no secret of another. */
final class ServiceEnvironment {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Set<String> OWN_DATABASE = Set.of("auth", "chat");
  private static final Set<String> SERVICE_CLIENTS = Set.of("gateway", "chat", "ai");

  private final Home home;
  private final Settings settings;
  private final PortPlan ports;
  private final Counts counts;
  private final BackingServices backing;
  private final Secrets secrets;
  private final List<ProviderGroup> providers;

  ServiceEnvironment(
      Home home,
      Settings settings,
      PortPlan ports,
      Counts counts,
      BackingServices backing,
      Secrets secrets,
      List<ProviderGroup> providers) {
    this.home = home;
    this.settings = settings;
    this.ports = ports;
    this.counts = counts;
    this.backing = backing;
    this.secrets = secrets;
    this.providers = providers;
  }

  /**
   * @param service {@code auth}, {@code chat}, {@code ai} or {@code gateway}
   */
  Map<String, String> of(String service, int port) {
    Map<String, String> environment = new HashMap<>(settings.all(ServiceEnvironment::isTuning));
    environment.put("CONFAB_PORT", Integer.toString(port));
    environment.put("CONFAB_BIND", bind(service));
    environment.put("CONFAB_KAFKA", backing.kafka());
    environment.put("CONFAB_REDIS", backing.redis());
    environment.put("CONFAB_AUTH_URL", url(ports.auth()));
    environment.put("CONFAB_CHAT_URLS", urls(ports.chat(), counts.chat()));
    environment.put("CONFAB_AI_URLS", urls(ports.ai(), counts.ai()));
    if (OWN_DATABASE.contains(service)) {
      addDatabase(environment, backing.database(service));
    }
    if (SERVICE_CLIENTS.contains(service)) {
      environment.put("CONFAB_CLIENT_ID", service);
      environment.put("CONFAB_CLIENT_SECRET", clientSecret(service));
    }
    if (service.equals("auth")) {
      environment.put("CONFAB_SERVICE_CLIENTS", serviceClients());
      environment.put("CONFAB_ACCOUNTS_FILE", new Accounts(home, secrets).ensure().toString());
    }
    if (service.equals("ai")) {
      addProviders(environment);
    }
    return environment;
  }

  /** What tunes a service and is neither a secret nor where something is. */
  private static boolean isTuning(String variable) {
    boolean elsewhere =
        ProviderGroup.isAbout(variable)
            || variable.startsWith("CONFAB_POSTGRES_")
            || variable.startsWith("CONFAB_DB_U")
            || variable.startsWith("CONFAB_DB_PASS")
            || variable.startsWith("CONFAB_CLIENT_")
            || variable.startsWith("CONFAB_SERVICE_")
            || variable.endsWith("_PORT")
            || variable.endsWith("_JAVA_OPTS");
    return (variable.startsWith("CONFAB_") || variable.startsWith("QUARKUS_")) && !elsewhere;
  }

  private String bind(String service) {
    return service.equals("gateway") ? settings.text("CONFAB_BIND").orElse(LOOPBACK) : LOOPBACK;
  }

  private static void addDatabase(Map<String, String> environment, DatabaseAccess access) {
    environment.put("CONFAB_DB_URL", access.jdbcUrl());
    environment.put("CONFAB_DB_USER", access.user());
    environment.put("CONFAB_DB_PASSWORD", access.password());
  }

  private void addProviders(Map<String, String> environment) {
    environment.putAll(settings.all(ProviderGroup::isAbout));
    if (ProviderGroup.of(settings).isEmpty()) {
      providers.forEach(demo -> environment.putAll(demo.environment()));
    }
  }

  private String serviceClients() {
    return SERVICE_CLIENTS.stream()
        .sorted()
        .map(client -> client + "=" + clientSecret(client))
        .collect(Collectors.joining(","));
  }

  private String clientSecret(String service) {
    return secrets.of("client-" + service);
  }

  private static String urls(int first, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(replica -> url(PortPlan.ofReplica(first, replica)))
        .collect(Collectors.joining(","));
  }

  private static String url(int port) {
    return "http://" + LOOPBACK + ":" + port;
  }
}
