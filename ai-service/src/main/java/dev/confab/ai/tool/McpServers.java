package dev.confab.ai.tool;

import dev.confab.ai.AiConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** The configured MCP servers; one that is away offers no tools until it is back. */
@ApplicationScoped
public class McpServers {
  private final List<McpServer> servers;

  McpServers(AiConfig config) {
    this.servers =
        config.tools().mcp().entrySet().stream()
            .map(each -> new McpServer(each.getKey(), each.getValue(), config.tools().timeout()))
            .toList();
  }

  void start(@Observes StartupEvent ignored) {
    servers.forEach(McpServer::start);
  }

  List<UsableTool> tools() {
    return servers.stream().flatMap(server -> server.tools().stream()).toList();
  }

  @PreDestroy
  void stop() {
    servers.forEach(McpServer::stop);
  }
}
