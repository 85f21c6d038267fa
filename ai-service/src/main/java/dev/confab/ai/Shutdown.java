package dev.confab.ai;

import dev.confab.ai.control.ControlReader;
import dev.confab.ai.reply.Replies;
import dev.confab.ai.reply.StreamWriter;
import dev.confab.ai.request.RequestReader;
import dev.confab.ai.runner.Runner;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Ends the parts in the order in which a reply passes them, then says so. */
@ApplicationScoped
class Shutdown {
  private final RequestReader requests;
  private final Replies replies;
  private final StreamWriter writer;
  private final Runner runner;
  private final ControlReader control;

  Shutdown(
      RequestReader requests,
      Replies replies,
      StreamWriter writer,
      Runner runner,
      ControlReader control) {
    this.requests = requests;
    this.replies = replies;
    this.writer = writer;
    this.runner = runner;
    this.control = control;
  }

  void stop(@Observes ShutdownEvent ignored) {
    requests.stop();
    replies.stop();
    writer.stop();
    runner.stop();
    control.stop();
  }
}
