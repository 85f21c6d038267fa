package dev.confab.ai.tool;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Lets a model give a conversation to a person; asking for it ends the reply. */
@Singleton
public class HandOverTool {
  /** What models call it. */
  public static final String NAME = "hand_over_to_person";

  private static final int MAX_REASON = 200;

  /** Nobody runs it: whoever asks for it has nothing more to say. */
  @Tool(
      name = NAME,
      value =
          "Hands this conversation over to a person of the team, who goes on in your place. Use it"
              + " when a person is asked for, or when you cannot help. It ends your answer.")
  public String handOver(@P("why, in a few words") String reason) {
    return reason;
  }

  /** Why the model wants a person to go on; empty if none of its calls asks for one. */
  public static Optional<String> reasonIn(List<ToolExecutionRequest> calls) {
    return calls.stream()
        .filter(call -> NAME.equals(call.name()))
        .findFirst()
        .map(call -> Shortened.to(MAX_REASON, reason(call.arguments())));
  }

  private static String reason(String arguments) {
    try {
      Object reason = new JsonObject(arguments == null ? "{}" : arguments).getValue("reason");
      return reason == null ? "" : reason.toString();
    } catch (DecodeException e) {
      return "";
    }
  }
}
