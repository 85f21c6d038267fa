package dev.confab.localstack.launcher;

import dev.confab.localstack.process.Part;
import dev.confab.localstack.process.Processes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

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

  void untilStopped(BooleanSupplier stopped) throws InterruptedException {
    while (!stopped.getAsBoolean()) {
      for (Part part : parts) {
        look(part, stopped);
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private void look(Part part, BooleanSupplier stopped) {
    boolean runs = processes.running(part.name()).isPresent();
    if (stopped.getAsBoolean()) {
      return;
    }
    if (!runs && missing.add(part.name())) {
      terminal.complain(
          "%s has ended (see %s); ./confab up --detach starts it again"
              .formatted(part.name(), processes.home().log(part.name())));
    } else if (runs && missing.remove(part.name())) {
      terminal.line(part.name() + " is back");
    }
  }
}
