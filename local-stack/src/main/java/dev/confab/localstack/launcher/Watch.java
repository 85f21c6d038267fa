package dev.confab.localstack.launcher;

import dev.confab.localstack.process.Part;
import dev.confab.localstack.process.Processes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Tells when a part of a foreground suite ends, and when it is back. */
final class Watch {
  private final Processes processes;
  private final List<Part> parts;
  private final Terminal terminal;
  private final Set<String> missing = new HashSet<>();

  Watch(Processes processes, List<Part> parts, Terminal terminal) {
    this.processes = processes;
    this.parts = parts;
    this.terminal = terminal;
  }

  void untilInterrupted() throws InterruptedException {
    while (true) {
      parts.forEach(this::look);
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private void look(Part part) {
    boolean runs = processes.running(part.name()).isPresent();
    if (!runs && missing.add(part.name())) {
      terminal.complain(
          "%s has ended (see %s); ./confab up --detach starts it again"
              .formatted(part.name(), processes.home().log(part.name())));
    } else if (runs && missing.remove(part.name())) {
      terminal.line(part.name() + " is back");
    }
  }
}
