package dev.confab.gateway.connection;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens on sockets. */
@ApplicationScoped
class ConnectionMetrics {
  private final MeterRegistry registry;
  private final LongAdder framesIn = new LongAdder();
  private final LongAdder framesOut = new LongAdder();
  private final LongAdder overflows = new LongAdder();
  private final LongAdder refused = new LongAdder();

  ConnectionMetrics(MeterRegistry registry) {
    this.registry = registry;
    counter("confab.gateway.frames.in", "Frames received from clients", framesIn);
    counter("confab.gateway.frames.out", "Frames sent to clients", framesOut);
    counter("confab.gateway.queue.overflows", "Sockets closed as too slow", overflows);
    counter("confab.gateway.frames.refused", "Client frames refused at the edge", refused);
  }

  private void counter(String name, String description, LongAdder source) {
    FunctionCounter.builder(name, source, LongAdder::sum)
        .description(description)
        .register(registry);
  }

  void frameReceived() {
    framesIn.increment();
  }

  void frameSent() {
    framesOut.increment();
  }

  void frameRefused() {
    refused.increment();
  }

  void overflowed() {
    overflows.increment();
  }

  void closed(int code) {
    // Clients may send any code from 3000 on: those they make up share one label.
    String label = code >= 1000 && code < 1016 || code >= 4000 && code < 4010 ? "" + code : "other";
    registry.counter("confab.gateway.closes", "code", label).increment();
  }
}
