package dev.confab.ai;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** All settings of ai-service that are its own. */
@ConfigMapping(prefix = "confab.ai")
public interface AiConfig {
  /** The broker. */
  Kafka kafka();

  /** How requests are taken. */
  Requests requests();

  /** How replies are written. */
  Replies replies();

  /** How this replica shows that it lives. */
  Runner runner();

  /** Transport to providers. */
  Upstream upstream();

  /** How much of a conversation models are shown. */
  Context context();

  /** What models may use amid a reply. */
  Tools tools();

  /** chat-service, which the search tool asks. */
  ChatService chatService();

  /**
   * Names of {@link #providers()} in order of preference; those that are not set are skipped, those
   * that are not named here follow by their names.
   */
  List<String> providerOrder();

  /** Old names of models and what answers for them now: {@code old=new}, comma-separated. */
  Optional<String> modelAliases();

  /** LLM providers by name. */
  Map<String, ProviderConfig> providers();

  /** Where messages are exchanged with other services. */
  interface Kafka {
    /** Bootstrap servers, {@code host:port}, comma-separated. */
    String bootstrapServers();

    /** How often reachability is looked at, for the readiness check. */
    @WithDefault("3s")
    Duration checkInterval();
  }

  /** Bounds on taking requests. */
  interface Requests {
    /** Replies that run at once here; beyond it no further requests are read. */
    @WithDefault("1000")
    int maxRunning();

    /** Replies and cancellations remembered after their end, to recognise what comes late. */
    @WithDefault("20000")
    int remembered();
  }

  /** Pace and bounds of one reply. */
  interface Replies {
    /** Tokens that come within this time of the last delta join the next one. */
    @WithDefault("3ms")
    Duration coalesceWindow();

    /** Longest wait for the first token of an upstream call; absent: 20 s. */
    Optional<Duration> firstTokenTimeout();

    /** Longest silence between two tokens. */
    @WithDefault("15s")
    Duration stallTimeout();

    /** Longest time a reply may take in all. */
    @WithDefault("5m")
    Duration totalTimeout();

    /** Wait before the one retry at the same provider. */
    @WithDefault("500ms")
    Duration retryPause();

    /** Upper bound of tokens of a reply whose conversation sets none; absent: the provider's. */
    OptionalInt maxTokens();

    /** Temperature where the conversation sets none; absent: the provider's own. */
    OptionalDouble temperature();

    /** Whether tools may be used where the conversation does not say; absent: they may not. */
    Optional<Boolean> enableTools();

    /** Longest time of a completion that is asked for over HTTP, as a whole. */
    @WithDefault("60s")
    Duration wholeTimeout();
  }

  /** Bounds on what a model is shown, in tokens. */
  interface Context {
    /** Tokens of prompt and answer together for a model that nobody knows more of. */
    @WithDefault("16384")
    int defaultTokens();

    /** Room kept for the answer where nobody bounds it. */
    @WithDefault("2048")
    int answerTokens();

    /** What certain models can take: {@code model=tokens}, comma-separated; wins over all else. */
    Optional<String> windows();
  }

  /** Bounds on the use of tools. */
  interface Tools {
    /** How often in one reply a model may ask for tools before it has to answer. */
    @WithDefault("5")
    int maxRounds();

    /** Tools used at once for one reply; more are refused. */
    @WithDefault("8")
    int maxCallsPerRound();

    /** Longest time of one use. */
    @WithDefault("10s")
    Duration timeout();

    /** Longest answer of a tool that a model is shown, in UTF-16 units. */
    @WithDefault("8000")
    int maxResultChars();

    /** Longest answer of a tool that people are shown, in UTF-16 units. */
    @WithDefault("2000")
    int maxShownChars();

    /** MCP servers by name; the name is put before those of their tools. */
    Map<String, McpServer> mcp();
  }

  /** One MCP server, reached over HTTP, or else started as a process. */
  interface McpServer {
    /** Its streamable HTTP address. */
    Optional<String> url();

    /** Sent as bearer token; never logged. */
    Optional<String> token();

    /** Command and arguments of a server that speaks over its standard streams. */
    Optional<List<String>> command();
  }

  /** chat-service as this service reaches it. */
  interface ChatService {
    /** Base URLs, comma-separated. */
    List<String> urls();

    /** Base URL of auth-service, which gives the token. */
    String authUrl();

    /** This service's own name there. */
    @WithDefault("ai")
    String clientId();

    /** Its secret; without one, models cannot search. Never logged. */
    Optional<String> clientSecret();
  }

  /** Liveness in Redis. */
  interface Runner {
    /** How often the key is renewed. */
    @WithDefault("1s")
    Duration renewInterval();

    /** When the key expires by itself. */
    @WithDefault("3s")
    Duration expiry();

    /** How long a claim of an attempt is kept. */
    @WithDefault("10m")
    Duration claimExpiry();

    /** Longest wait for Redis before a request goes on without its claim. */
    @WithDefault("250ms")
    Duration claimTimeout();
  }

  /** HTTP to providers. */
  interface Upstream {
    /** Longest wait for a connection. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** Connections per base URL and event loop. */
    @WithDefault("2000")
    int maxConnections();

    /** Failures in a row after which an endpoint is avoided; a time-out counts as that many. */
    @WithDefault("2")
    int failuresBeforeCooldown();

    /** How long an endpoint that failed is avoided while there is another. */
    @WithDefault("10s")
    Duration cooldown();

    /** How often the models of each provider are asked for. */
    @WithDefault("60s")
    Duration modelsRefresh();

    /** Longest wait for a provider's list of models. */
    @WithDefault("5s")
    Duration modelsTimeout();
  }

  /** One provider that speaks the OpenAI protocol; set when it has a base URL or a key. */
  interface ProviderConfig {
    /** One or more base URLs, comma-separated; without a path, {@code /v1} is added. */
    Optional<String> baseUrl();

    /** Used for a provider that has a key but no base URL. */
    Optional<String> defaultBaseUrl();

    /** Sent as bearer token; never logged. */
    Optional<String> apiKey();

    /** Model used when none is asked for; absent: the first that the provider lists. */
    Optional<String> model();

    /** How a reply that was cut is continued: {@code INSTRUCTION} works with every provider. */
    @WithDefault("INSTRUCTION")
    Continuation continuation();
  }

  /** Ways to have a reply continued. */
  enum Continuation {
    /** The text so far is an assistant turn, and a user turn asks to go on. */
    INSTRUCTION,
    /** The text so far is the last, assistant, turn and is marked {@code prefix}. */
    PREFIX
  }
}
