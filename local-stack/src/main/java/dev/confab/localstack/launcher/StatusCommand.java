package dev.confab.localstack.launcher;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.confab.localstack.configuration.OutsideServices;
import dev.confab.localstack.configuration.PortPlan;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.Part;
import dev.confab.localstack.process.Ports;
import dev.confab.localstack.process.ProcessRecord;
import dev.confab.localstack.process.ProcessTable;
import dev.confab.localstack.suite.Account;
import dev.confab.localstack.suite.Counts;
import dev.confab.localstack.suite.Suite;
import dev.confab.localstack.suite.SuiteState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code status}: what runs where, how much memory it takes, and the accounts. */
final class StatusCommand {
  private final Context context;
  private final Home home;
  private final RunningSuite running;

  StatusCommand(Context context) {
    this.context = context;
    this.home = context.home();
    this.running = new RunningSuite(home);
  }

  /**
   * @param pid 0 when it does not run
   * @param residentMb resident memory in MiB
   */
  record PartStatus(String name, String url, long pid, int port, boolean ready, long residentMb) {}

  /**
   * @param running whether a suite runs at all
   * @param ready whether each of its parts is ready
   */
  record Status(
      boolean running,
      boolean ready,
      String url,
      List<PartStatus> services,
      List<PartStatus> infrastructure,
      List<Account> accounts) {}

  /**
   * @return the exit status: 0 when a suite runs, else 3
   */
  int run(boolean json) {
    Status status = status();
    if (json) {
      context.terminal().line(asJson(status));
    } else {
      print(status);
    }
    return status.running() ? 0 : 3;
  }

  private Status status() {
    Optional<SuiteState> state = SuiteState.read(home);
    Counts counts = state.map(SuiteState::counts).orElse(Counts.USUAL);
    PortPlan ports = state.map(SuiteState::ports).orElseGet(() -> PortPlan.of(context.settings()));
    Suite suite = new Suite(home, context.project(), context.settings(), counts, ports);
    List<PartStatus> services = look(suite.services());
    List<PartStatus> infrastructure = new ArrayList<>(look(suite.infrastructure()));
    suite.outside().addresses().forEach(address -> infrastructure.add(look(address)));
    boolean ready =
        services.stream().allMatch(PartStatus::ready)
            && infrastructure.stream().allMatch(PartStatus::ready);
    return new Status(
        !running.parts().isEmpty(),
        ready,
        suite.url(),
        services,
        infrastructure,
        suite.accounts().all());
  }

  private List<PartStatus> look(List<Part> parts) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<PartStatus>> looks =
          parts.stream()
              .map(part -> CompletableFuture.supplyAsync(() -> look(part), executor))
              .toList();
      return looks.stream().map(CompletableFuture::join).toList();
    }
  }

  private PartStatus look(Part part) {
    Optional<ProcessRecord> record = running.processes().running(part.name());
    long pid = record.map(ProcessRecord::pid).orElse(0L);
    return new PartStatus(
        part.name(),
        part.url(),
        pid,
        part.ports().getFirst(),
        pid != 0 && part.answers(),
        pid == 0 ? 0 : ProcessTable.residentMb(pid));
  }

  private static PartStatus look(OutsideServices.Address address) {
    boolean answers = Ports.answers(address.host(), address.port());
    String url = address.name() + "://" + address.host() + ":" + address.port();
    return new PartStatus(address.name(), url, 0, address.port(), answers, 0);
  }

  private void print(Status status) {
    Terminal terminal = context.terminal();
    terminal.line(status.running() ? "Suite at " + status.url() : "No suite runs.");
    terminal.line("%-12s %-10s %8s %6s  %s".formatted("part", "state", "pid", "MiB", "address"));
    status.services().forEach(this::print);
    status.infrastructure().forEach(this::print);
    if (!status.accounts().isEmpty()) {
      terminal.line("");
      terminal.line("%-12s %-40s %s".formatted("account", "password", "roles"));
      status
          .accounts()
          .forEach(
              a ->
                  terminal.line(
                      "%-12s %-40s %s"
                          .formatted(a.username(), a.password(), String.join(", ", a.roles()))));
    }
  }

  private void print(PartStatus part) {
    String state = part.ready() ? "ready" : part.pid() == 0 ? "down" : "not ready";
    context
        .terminal()
        .line(
            "%-12s %-10s %8s %6s  %s"
                .formatted(
                    part.name(),
                    state,
                    part.pid() == 0 ? "-" : part.pid(),
                    part.residentMb(),
                    part.url()));
  }

  private static String asJson(Status status) {
    try {
      return JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build()
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(status);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
