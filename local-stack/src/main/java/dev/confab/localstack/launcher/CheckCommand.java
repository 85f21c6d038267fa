package dev.confab.localstack.launcher;

import dev.confab.localstack.check.CheckResult;
import dev.confab.localstack.check.ProviderCheck;
import dev.confab.localstack.check.SuiteCheck;
import dev.confab.localstack.configuration.PortPlan;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.suite.Account;
import dev.confab.localstack.suite.Counts;
import dev.confab.localstack.suite.Suite;
import dev.confab.localstack.suite.SuiteState;
import java.time.Duration;
import java.util.Optional;

/** {@code check}: whether the providers answer, and whether a message gets through. */
final class CheckCommand {
  private static final int USUAL_TIMEOUT_SECONDS = 20;

  private final Context context;

  CheckCommand(Context context) {
    this.context = context;
  }

  /**
   * @return the exit status: 0 when all is well
   */
  int run() {
    Home home = context.home();
    Optional<SuiteState> state = SuiteState.read(home);
    PortPlan ports = state.map(SuiteState::ports).orElseGet(() -> PortPlan.of(context.settings()));
    Suite suite =
        new Suite(
            home,
            context.project(),
            context.settings(),
            state.map(SuiteState::counts).orElse(Counts.USUAL),
            ports);
    int seconds = context.settings().number("LLM_TIMEOUT", USUAL_TIMEOUT_SECONDS);
    ProviderCheck providers = new ProviderCheck(Duration.ofSeconds(seconds));
    boolean allWell = true;
    for (var provider : suite.providers()) {
      allWell &= tell(providers.check(provider));
    }
    return tell(throughTheSuite(home, suite)) && allWell ? 0 : 1;
  }

  private static CheckResult throughTheSuite(Home home, Suite suite) {
    String what = "message through the suite";
    if (new RunningSuite(home).parts().isEmpty()) {
      return new CheckResult(false, what, "no suite runs; ./confab up starts it");
    }
    Optional<Account> demo =
        suite.accounts().all().stream().filter(a -> a.username().equals("demo")).findFirst();
    return demo.map(account -> new SuiteCheck(suite.url()).check(account))
        .orElseGet(() -> new CheckResult(false, what, "there is no demo account"));
  }

  private boolean tell(CheckResult result) {
    context.terminal().line(result.line());
    return result.ok();
  }
}
