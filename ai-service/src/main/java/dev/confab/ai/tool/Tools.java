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
  private final UsableTool handOver;
  private final boolean canSearch;
  private final McpServers servers;

  Tools(
      AiConfig config,
      ClockTool clock,
      CalculatorTool calculator,
      SearchTool search,
      HandOverTool handOver,
      McpServers servers) {
    this.config = config.tools();
    this.forAll = List.of(UsableTool.of(clock), UsableTool.of(calculator));
    this.search = UsableTool.of(search);
    this.handOver = UsableTool.of(handOver);
    this.canSearch = search.isConfigured();
    this.servers = servers;
  }

  /** Those that a reply may use where tools are wanted. */
  public ToolSet of(CompletionRequested request) {
    return of(request, true);
  }

  /**
   * Those that a reply may use.
   *
   * @param enabled whether tools are wanted; a person may be asked to go on all the same
   */
  public ToolSet of(CompletionRequested request, boolean enabled) {
    List<UsableTool> usable = new ArrayList<>();
    if (enabled) {
      usable.addAll(forAll);
      if (canSearch && request.userId() != null && !isReadByOthers(request)) {
        usable.add(search);
      }
      usable.addAll(servers.tools());
    }
    if (Boolean.TRUE.equals(request.canHandOver())) {
      usable.add(handOver);
    }
    return new ToolSet(usable, request.userId(), config.timeout(), config.maxResultChars());
  }

  /** Turns are named where several people talk. */
  private static boolean isReadByOthers(CompletionRequested request) {
    return request.turns().stream().anyMatch(turn -> turn.name() != null);
  }
}
