package dev.confab.localstack.launcher;

import dev.confab.localstack.build.Build;
import dev.confab.localstack.configuration.PortPlan;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.Part;
import dev.confab.localstack.process.Processes;
import dev.confab.localstack.process.StackFailure;
import dev.confab.localstack.suite.AppCopies;
import dev.confab.localstack.suite.Suite;
import dev.confab.localstack.suite.SuiteState;
import java.util.List;
import java.util.Optional;

/** {@code up}: starts the suite, or what has died of it. */
final class UpCommand {
  private static final long NEEDED_DISK_MB = 1_000;

  private final Context context;
  private final Terminal terminal;
  private final Home home;
  private final RunningSuite running;
  private final UpOptions options;
  private volatile boolean mine;

  /** What ends from now on was ended by this launcher, and nobody needs to hear of it. */
  private volatile boolean stopping;

  UpCommand(Context context, UpOptions options) {
    this.context = context;
    this.terminal = context.terminal();
    this.home = context.home();
    this.running = new RunningSuite(home);
    this.options = options;
  }

  /** Returns once a detached suite is ready, and else when the suite was told to end. */
  void run() throws InterruptedException {
    SuiteLock lock = SuiteLock.take(home);
    Suite suite;
    try {
      suite = start();
    } catch (StackFailure failure) {
      if (stopping) {
        return;
      }
      throw failure;
    } finally {
      lock.close();
    }
    if (!options.detach()) {
      terminal.line("Ctrl-C stops everything.");
      new Watch(running.processes(), suite.parts(), terminal).untilStopped(() -> stopping);
    }
  }

  private Suite start() {
    long begin = System.nanoTime();
    Optional<SuiteState> present = present();
    Runtime.getRuntime().addShutdownHook(new Thread(this::atExit, "stop"));
    Suite suite = present.isPresent() ? revive(present.get()) : startAfresh();
    if (options.detach()) {
      mine = false;
      running.leave();
    }
    terminal.line("Ready in %.1f s".formatted((System.nanoTime() - begin) / 1e9));
    terminal.line("Open " + suite.url() + " (accounts and passwords: ./confab status)");
    return suite;
  }

  /**
   * What runs already and may be completed.
   *
   * @throws StackFailure when it runs and was not to be touched
   */
  private Optional<SuiteState> present() {
    Optional<SuiteState> state = SuiteState.read(home);
    if (running.parts().isEmpty()) {
      return Optional.empty();
    }
    boolean attended = running.launcher().isPresent();
    if (state.isEmpty() || (!attended && !state.get().detached())) {
      terminal.line("Cleaning up what a launcher that was killed has left behind …");
      running.stopParts();
      return Optional.empty();
    }
    if (!options.detach() || options.fresh()) {
      throw new StackFailure(
          "The suite runs already",
          "./confab down stops it, ./confab up --detach starts again what has died");
    }
    return state;
  }

  private Suite revive(SuiteState state) {
    if (!options.counts().equals(state.counts()) && options.countsGiven()) {
      terminal.line("The suite keeps its counts; ./confab down first to change them.");
    }
    Suite suite =
        new Suite(home, context.project(), context.settings(), state.counts(), state.ports());
    start(suite);
    return suite;
  }

  private Suite startAfresh() {
    PortPlan ports = PortPlan.of(context.settings());
    Suite suite = new Suite(home, context.project(), context.settings(), options.counts(), ports);
    if (options.fresh()) {
      new Data(home).delete();
    }
    requireDisk();
    suite.parts().forEach(Processes::requireFreePorts);
    if (options.build()) {
      new Build(context.project(), terminal::line).refresh();
    }
    new AppCopies(home, context.project()).refresh();
    new SuiteState(options.detach(), options.counts(), ports).write(home);
    mine = true;
    running.enter();
    start(suite);
    return suite;
  }

  private void start(Suite suite) {
    Startup startup = new Startup(running.processes(), terminal);
    new OutsideCheck(suite.outside(), terminal).require();
    startup.start(suite.infrastructure());
    List<Part> services = suite.services();
    startup.start(services);
  }

  /** Ends what this launcher started, unless it was to stay. */
  private void atExit() {
    stopping = true;
    if (mine) {
      if (!running.parts().isEmpty()) {
        terminal.line("Stopping …");
      }
      running.stopParts();
      SuiteState.forget(home);
      running.leave();
    }
  }

  private void requireDisk() {
    long freeMb = home.path().toFile().getUsableSpace() / 1_000_000;
    if (freeMb < NEEDED_DISK_MB) {
      throw new StackFailure(
          "Only %d MB are free for %s".formatted(freeMb, home.path()),
          "free %d MB, or name another folder with CONFAB_HOME".formatted(NEEDED_DISK_MB));
    }
  }
}
