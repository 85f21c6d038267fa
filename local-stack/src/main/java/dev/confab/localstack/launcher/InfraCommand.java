package dev.confab.localstack.launcher;

import dev.confab.localstack.demollm.DemoLlmPart;
import dev.confab.localstack.infrastructure.DatabaseAccess;
import dev.confab.localstack.infrastructure.Infrastructure;
import dev.confab.localstack.infrastructure.Secrets;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.Part;
import dev.confab.localstack.process.Ports;
import dev.confab.localstack.process.Processes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** {@code infra}: the backing services alone, until the command is ended. */
final class InfraCommand {
  /** Ports that one set of backing services takes, in a row. */
  static final int PORTS = 6;

  private static final double TOKENS_PER_SECOND = 40;

  private final Home home;
  private final Infrastructure infrastructure;
  private final List<DemoLlmPart> demoLlms;
  private final Processes processes;
  private final Terminal terminal;

  /**
   * @param firstPort of six in a row, or 0 for free ones
   */
  InfraCommand(Home home, Path binaries, int firstPort, Terminal terminal) {
    int base = firstPort == 0 ? Ports.freeRow(PORTS) : firstPort;
    this.home = home;
    this.terminal = terminal;
    this.processes = new Processes(home);
    this.demoLlms =
        List.of(
            new DemoLlmPart(home, 1, base + 4, TOKENS_PER_SECOND),
            new DemoLlmPart(home, 2, base + 5, TOKENS_PER_SECOND));
    this.infrastructure =
        Infrastructure.of(home, binaries, new Secrets(home), base, base + 1, base + 2, base + 3);
  }

  /** Starts everything; what an earlier run left behind in this home is ended first. */
  void start() {
    processes.running().forEach(record -> processes.stop(record, StackTimes.STOP));
    new Startup(processes, terminal).start(parts());
    for (String service : List.of("auth", "chat", "ai", "gateway")) {
      Home.writePrivately(home.path().resolve(service + ".env"), exports(environment(service)));
    }
    terminal.line("Ready. Environment of a service: . " + home.path() + "/<service>.env");
  }

  /** What a service needs to find these backing services. */
  Map<String, String> environment(String service) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("CONFAB_KAFKA", infrastructure.kafka().bootstrapServers());
    environment.put("CONFAB_REDIS", infrastructure.redis().url());
    if (service.equals("ai")) {
      // One is a provider; tests of several providers know both.
      environment.put("CONFAB_LLM_BASE_URL", demoLlms.getFirst().url());
      environment.put("CONFAB_DEMO_LLM_URLS", urls());
      environment.put("CONFAB_LLM_API_KEY", "demo");
      environment.put("CONFAB_LLM_MODEL", "confab-demo");
    }
    if (service.equals("auth") || service.equals("chat")) {
      DatabaseAccess access = infrastructure.postgres().access("confab_" + service);
      environment.put("CONFAB_DB_URL", access.jdbcUrl());
      environment.put("CONFAB_DB_USER", access.user());
      environment.put("CONFAB_DB_PASSWORD", access.password());
    }
    return environment;
  }

  /** Runs until the process is told to end, then ends everything. */
  void runUntilEnded() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    start();
    new CountDownLatch(1).await();
  }

  void stop() {
    for (Part part : parts().reversed()) {
      processes.running(part.name()).ifPresent(r -> processes.stop(r, part.stopWithin()));
    }
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>(infrastructure.parts());
    parts.addAll(demoLlms);
    return parts;
  }

  private String urls() {
    return demoLlms.stream().map(DemoLlmPart::url).collect(Collectors.joining(","));
  }

  private static String exports(Map<String, String> environment) {
    return environment.entrySet().stream()
        .map(e -> "export %s='%s'\n".formatted(e.getKey(), e.getValue()))
        .collect(Collectors.joining());
  }
}
