package dev.confab.localstack.launcher;

import dev.confab.localstack.check.ModelSync;
import dev.confab.localstack.check.ModelSync.Provider;
import dev.confab.localstack.check.ModelSync.Synchronised;
import dev.confab.localstack.configuration.PortPlan;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.StackFailure;
import dev.confab.localstack.suite.Account;
import dev.confab.localstack.suite.Counts;
import dev.confab.localstack.suite.Suite;
import dev.confab.localstack.suite.SuiteState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code models sync}: has every provider asked for its models, and tells what changed. */
final class ModelsCommand {
  private final Context context;

  ModelsCommand(Context context) {
    this.context = context;
  }

  /**
   * @return the exit status: 0 when every provider told its models
   */
  int run(List<String> words) throws InterruptedException {
    if (!words.equals(List.of("sync"))) {
      throw new StackFailure("'models' needs the word sync", "see ./confab help");
    }
    Home home = context.home();
    if (new RunningSuite(home).parts().isEmpty()) {
      throw new StackFailure("No suite runs", "./confab up starts it");
    }
    Suite suite = suite(home);
    Account admin =
        suite.accounts().all().stream()
            .filter(account -> account.roles().contains("admin"))
            .findFirst()
            .orElseThrow(() -> new StackFailure("There is no admin account", "start with --fresh"));
    try {
      return tell(new ModelSync(suite.url()).run(admin));
    } catch (IOException e) {
      throw new StackFailure(
          "The models were not synchronised: " + e.getMessage(), "see ./confab logs");
    }
  }

  private Suite suite(Home home) {
    Optional<SuiteState> state = SuiteState.read(home);
    PortPlan ports = state.map(SuiteState::ports).orElseGet(() -> PortPlan.of(context.settings()));
    Counts counts = state.map(SuiteState::counts).orElse(Counts.USUAL);
    return new Suite(home, context.project(), context.settings(), counts, ports);
  }

  private int tell(Synchronised result) {
    result.providers().forEach(provider -> tell(provider));
    context
        .terminal()
        .line(
            "%d added, %d retired, %d active"
                .formatted(result.added().size(), result.retired().size(), result.active()));
    return result.providers().stream().allMatch(Provider::listed) ? 0 : 1;
  }

  private void tell(Provider provider) {
    Terminal terminal = context.terminal();
    terminal.line(
        "%-14s %-8s %d added, %d retired, %d active"
            .formatted(
                provider.name(),
                provider.listed() ? "listed" : "silent",
                provider.added().size(),
                provider.retired().size(),
                provider.active()));
    provider.added().forEach(model -> terminal.line("  + " + model));
    provider.retired().forEach(model -> terminal.line("  - " + model));
  }
}
