package dev.confab.localstack.launcher;

import dev.confab.localstack.configuration.Settings;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.suite.Project;
import java.nio.file.Path;

/** What every command works with. */
record Context(Project project, Settings settings, Terminal terminal) {
  /** The folder of the suite: {@code .local}, or the one named by {@code CONFAB_HOME}. */
  Home home() {
    return Home.at(settings.text("CONFAB_HOME").map(Path::of).orElseGet(project::usualHome));
  }
}
