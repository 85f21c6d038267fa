package dev.confab.ai.tool;

import dev.confab.ai.AiConfig;
import dev.confab.contracts.ai.CompletionRequested;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** All tools there are. */
@ApplicationScoped
public class Tools {
  private final AiConfig.Tools config;
  private final List<UsableTool> forAll;
  private final UsableTool search;
  private final boolean canSearch;
  private final McpServers servers;

  Tools(
      AiConfig config,
      ClockTool clock,
      CalculatorTool calculator,
      SearchTool search,
      McpServers servers) {
    this.config = config.tools();
    this.forAll = List.of(UsableTool.of(clock), UsableTool.of(calculator));
    this.search = UsableTool.of(search);
    this.canSearch = search.isConfigured();
    this.servers = servers;
  }

  /** Those that a reply may use. */
  public ToolSet of(CompletionRequested request) {
    List<UsableTool> usable = new ArrayList<>(forAll);
    if (canSearch && request.userId() != null && !isReadByOthers(request)) {
      usable.add(search);
    }
    usable.addAll(servers.tools());
    return new ToolSet(usable, request.userId(), config.timeout(), config.maxResultChars());
  }

  /** Turns are named where several people talk. */
  private static boolean isReadByOthers(CompletionRequested request) {
    return request.turns().stream().anyMatch(turn -> turn.name() != null);
  }
}
