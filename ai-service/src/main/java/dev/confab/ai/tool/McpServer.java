package dev.confab.ai.tool;

import dev.confab.ai.AiConfig;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.mcp.McpToolExecutor;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** One MCP server: connected in the background, looked after, its tools under its own name. */
final class McpServer {
  private static final Logger LOG = Logger.getLogger(McpServer.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int MAX_TOOLS = 64;

  /** What the OpenAI protocol allows in a tool's name. */
  private static final int MAX_NAME = 64;

  private final String name;
  private final AiConfig.McpServer config;
  private final Duration timeout;
  private volatile List<UsableTool> tools = List.of();
  private volatile Thread keeper;
  // The keeper's own.
  private McpClient client;
  private boolean answers;

  McpServer(String name, AiConfig.McpServer config, Duration timeout) {
    this.name = name;
    this.config = config;
    this.timeout = timeout;
  }

  void start() {
    keeper = Thread.ofVirtual().name("mcp-" + name).start(this::keep);
  }

  /** What it offers now; empty while it is away. */
  List<UsableTool> tools() {
    return tools;
  }

  private void keep() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(tools.isEmpty() ? RETRY : LOOK_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      disconnect();
    }
  }

  private void look() {
    try {
      if (client == null) {
        client = connect();
      }
      McpClient now = client;
      tools = now.listTools().stream().limit(MAX_TOOLS).map(tool -> usable(now, tool)).toList();
      note(true);
    } catch (RuntimeException e) {
      LOG.debugf(e, "event=mcp_failed server=%s", name);
      tools = List.of();
      disconnect();
      note(false);
    }
  }

  private void note(boolean now) {
    if (now != answers) {
      LOG.infof("event=mcp_server server=%s answers=%s tools=%d", name, now, tools.size());
    }
    answers = now;
  }

  private UsableTool usable(McpClient from, ToolSpecification tool) {
    String full = (name + "_" + tool.name()).replaceAll("[^A-Za-z0-9_-]", "_");
    ToolSpecification renamed =
        ToolSpecification.builder()
            .name(full.substring(0, Math.min(MAX_NAME, full.length())))
            .description(tool.description())
            .parameters(tool.parameters())
            .build();
    return new UsableTool(renamed, new McpToolExecutor(from, tool.name()));
  }

  private McpClient connect() {
    McpTransport transport = transport();
    try {
      return DefaultMcpClient.builder()
          .key(name)
          .clientName("confab")
          .transport(transport)
          .initializationTimeout(timeout)
          .toolExecutionTimeout(timeout)
          .cacheToolList(false)
          .autoHealthCheck(false)
          .build();
    } catch (RuntimeException e) {
      // Nobody else ends a process that was started and does not answer.
      close(transport);
      throw e;
    }
  }

  private McpTransport transport() {
    if (config.url().isPresent()) {
      Map<String, String> headers =
          config.token().map(token -> Map.of("Authorization", "Bearer " + token)).orElse(Map.of());
      return StreamableHttpMcpTransport.builder()
          .url(config.url().get())
          .customHeaders(headers)
          .timeout(timeout)
          .build();
    }
    return StdioMcpTransport.builder()
        .command(config.command().orElseThrow(() -> new IllegalStateException("no url")))
        .build();
  }

  private void disconnect() {
    if (client != null) {
      close(client);
      client = null;
    }
  }

  private void close(AutoCloseable what) {
    try {
      what.close();
    } catch (Exception e) {
      LOG.debugf("event=mcp_close_failed server=%s", name);
    }
  }

  void stop() {
    Thread running = keeper;
    if (running != null) {
      running.interrupt();
    }
  }
}
