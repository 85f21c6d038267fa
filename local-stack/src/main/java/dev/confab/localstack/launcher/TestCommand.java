package dev.confab.localstack.launcher;

import dev.confab.localstack.build.Build;
import dev.confab.localstack.build.Maven;
import dev.confab.localstack.build.TestReports;
import dev.confab.localstack.configuration.ProviderGroup;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.Ports;
import dev.confab.localstack.process.StackFailure;
import dev.confab.localstack.suite.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code test}: the unit tests, the integration tests, and the system tests. */
final class TestCommand {
  /** Its integration tests start suites, and choose ports for them; nothing else runs meanwhile. */
  private static final String LAUNCHER = "local-stack";

  /** Integration tests get backing services of their own, module by module; longest first. */
  private static final List<String> INTEGRATION =
      List.of(LAUNCHER, "chat-service", "gateway-service", "ai-service", "auth-service");

  /** So many modules at a time: their tests wait more than they compute. */
  private static final int AT_ONCE = 2;

  /** The unit tests' run has looked at all of it. */
  private static final String NO_FORMAT_CHECK = "-Dspotless.check.skip=true";

  private final Context context;
  private final Terminal terminal;
  private final Maven maven;
  private final List<String> extra;
  private final Map<String, Boolean> outcomes = Collections.synchronizedMap(new LinkedHashMap<>());
  private final long begin = System.currentTimeMillis();

  /**
   * @param extra arguments for Maven
   */
  TestCommand(Context context, List<String> extra) {
    this.context = context;
    this.terminal = context.terminal();
    this.maven = new Maven(context.project().root());
    this.extra = extra;
  }

  /**
   * @param words {@code unit}, {@code it} and modules, {@code system}, a tag of the system tests,
   *     or nothing for all
   * @return the exit status: 0 when every test passed
   */
  int run(List<String> words) {
    String what = words.isEmpty() ? "all" : words.getFirst();
    switch (what) {
      case "all" -> {
        unit();
        integration(INTEGRATION);
        system("");
      }
      case "unit" -> unit();
      case "it" -> integration(words.size() == 1 ? INTEGRATION : words.subList(1, words.size()));
      case "system" -> system("");
      default -> system(what);
    }
    return summary();
  }

  /** All modules are packaged on the way, so formatting and warnings are checked as well. */
  private void unit() {
    outcomes.put("unit", maven(Map.of(), List.of("-DskipITs", "verify")));
  }

  private void integration(List<String> modules) {
    new Build(context.project(), terminal::line).refresh();
    List<String> tested = modules.stream().filter(this::hasTests).toList();
    tested.stream().filter(LAUNCHER::equals).forEach(module -> integration(module, 0));
    List<String> services = tested.stream().filter(module -> !LAUNCHER.equals(module)).toList();
    if (services.isEmpty()) {
      return;
    }
    // All ports at once: two lanes that choose for themselves may choose the same.
    int ports = Ports.freeRow(services.size() * InfraCommand.PORTS);
    try (ExecutorService lanes = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < services.size(); i++) {
        String module = services.get(i);
        int firstPort = ports + i * InfraCommand.PORTS;
        running.add(lanes.submit(() -> integration(module, firstPort)));
      }
      running.forEach(TestCommand::await);
    }
  }

  private static void await(Future<?> lane) {
    try {
      lane.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StackFailure failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted", "start again", e);
    }
  }

  private void integration(String module, int firstPort) {
    outcomes.put("it " + module, isGreen(module, firstPort));
  }

  private boolean isGreen(String module, int firstPort) {
    Path folder = temporaryFolder();
    Project project = context.project();
    InfraCommand infra = new InfraCommand(Home.at(folder), project.programs(), firstPort, terminal);
    Thread atExit = new Thread(infra::stop, "stop-infrastructure");
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      terminal.line("Backing services for " + module + ":");
      infra.start();
      // Failsafe by name, so that nothing is packaged again.
      return maven(
          infra.environment(module.replace("-service", "")),
          List.of(
              NO_FORMAT_CHECK,
              "-pl",
              module,
              "-am",
              "test-compile",
              "failsafe:integration-test",
              "failsafe:verify"));
    } finally {
      infra.stop();
      Runtime.getRuntime().removeShutdownHook(atExit);
      Home.deleteTree(folder);
    }
  }

  private void system(String groups) {
    new Build(context.project(), terminal::line).refresh();
    // The tested suites are the tests' own: no outside service, no key, no setting of the user's.
    Path noSettings = Path.of("/dev/null");
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("CONFAB_ENV_FILE", noSettings.toString());
    List<String> arguments =
        new ArrayList<>(List.of(NO_FORMAT_CHECK, "-pl", "system-tests", "verify"));
    if (!groups.isEmpty()) {
      arguments.add("-Dsystem.groups=" + groups);
    }
    outcomes.put(groups.isEmpty() ? "system" : "system " + groups, maven(environment, arguments));
  }

  private boolean maven(Map<String, String> environment, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(extra);
    return maven.run(environment, TestCommand::isOwnToUser, all) == 0;
  }

  /**
   * What the user set for their own suite would change what the tests see; their browser is no part
   * of it.
   */
  private static boolean isOwnToUser(String variable) {
    return (variable.startsWith("CONFAB_") && !variable.endsWith("CHROMIUM"))
        || variable.startsWith("DB_")
        || variable.startsWith("REDIS_")
        || ProviderGroup.isAbout(variable);
  }

  private boolean hasTests(String module) {
    return Files.isDirectory(context.project().root().resolve(module).resolve("src/test"));
  }

  private int summary() {
    terminal.line("");
    outcomes.forEach((name, ok) -> terminal.line("%-22s %s".formatted(name, ok ? "ok" : "FAILED")));
    terminal.line(new TestReports(context.project().root(), begin).summary());
    terminal.line("%.0f s".formatted((System.currentTimeMillis() - begin) / 1e3));
    return outcomes.containsValue(false) ? 1 : 0;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("confab-it-");
    } catch (IOException e) {
      throw new StackFailure("Cannot make a temporary folder", "is the disk full?", e);
    }
  }
}
