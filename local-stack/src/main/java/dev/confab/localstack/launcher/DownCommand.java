package dev.confab.localstack.launcher;

import dev.confab.localstack.process.Home;
import dev.confab.localstack.suite.SuiteState;
import java.time.Duration;

/** {@code down}: ends the suite, whoever started it. */
final class DownCommand {
  /** A foreground launcher ends its suite before itself. */
  private static final Duration LAUNCHER_STOP = Duration.ofSeconds(60);

  private final Context context;

  DownCommand(Context context) {
    this.context = context;
  }

  void run() {
    Home home = context.home();
    RunningSuite running = new RunningSuite(home);
    boolean nothing = running.parts().isEmpty() && running.launcher().isEmpty();
    running.stopLauncher(LAUNCHER_STOP);
    SuiteLock lock = SuiteLock.take(home);
    try {
      running.stopParts();
      SuiteState.forget(home);
    } finally {
      lock.close();
    }
    context
        .terminal()
        .line(nothing ? "Nothing runs." : "Stopped; the data stays in " + home.path());
  }
}
