package dev.confab.ai.completion;

import dev.confab.ai.AiConfig;
import dev.confab.ai.problem.ProblemException;
import dev.confab.ai.reply.Replies;
import dev.confab.ai.reply.WholeAnswer;
import dev.confab.contracts.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;

/** Answers as a whole, for the other services. */
@Path("internal/completions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("service")
public class CompletionResource {
  private final Replies replies;
  private final Duration timeout;
  private final int maxRunning;

  CompletionResource(Replies replies, AiConfig config) {
    this.replies = replies;
    this.timeout = config.replies().wholeTimeout();
    this.maxRunning = config.requests().maxRunning();
  }

  /** Waits for the answer, at most as long as configured. */
  @POST
  @RunOnVirtualThread
  public CompletionAnswered complete(CompletionAsked asked) {
    String field = asked == null ? "messages" : asked.invalidField();
    if (field != null) {
      throw new ProblemException(ErrorCode.INVALID_VALUE, "This has no valid value", field);
    }
    if (replies.count() >= maxRunning) {
      throw unavailable();
    }
    WholeAnswer answer =
        replies
            .answer(asked.request(Instant.now().plus(timeout)))
            .join()
            .orElseThrow(CompletionResource::unavailable);
    return new CompletionAnswered(
        answer.text(), answer.model(), answer.provider(), answer.usage(), answer.reason());
  }

  private static ProblemException unavailable() {
    return new ProblemException(ErrorCode.AI_UNAVAILABLE, "No model answers now", null);
  }
}
