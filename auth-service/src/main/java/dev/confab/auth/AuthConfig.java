package dev.confab.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What auth-service can be told, under {@code confab.auth}. */
@ConfigMapping(prefix = "confab.auth")
public interface AuthConfig {
  /**
   * JSON file with accounts to make at start if they are absent: {@code [{"username", "email",
   * "password", "roles": [..]}]}.
   */
  Optional<String> accountsFile();

  /** Who may get service tokens: {@code gateway=<secret>,chat=<secret>}. */
  Optional<String> serviceClients();

  /** How long tokens and sign-ins live. */
  Lifetimes lifetimes();

  /** Cost of password hashing. */
  Password password();

  /** Bounds on failed sign-ins. */
  SignIn signIn();

  /** Rotation of signing keys. */
  Keys keys();

  /** Where revocations are announced. */
  Kafka kafka();

  /** How long tokens and sign-ins live. */
  interface Lifetimes {
    /** Life of an access token, and of a service token. */
    @WithDefault("15m")
    Duration accessToken();

    /** A sign-in ends when its refresh token was not used for this long. */
    @WithDefault("30d")
    Duration session();

    /** Life of a visitor's token, good for one support conversation. */
    @WithDefault("24h")
    Duration visitorToken();

    /** Longest life of an API token; also the default. */
    @WithDefault("90d")
    Duration apiToken();

    /** Most sign-ins of an account at one time; one more ends the oldest. */
    @WithDefault("100")
    int sessionsPerAccount();

    /** Most API tokens of an account at one time. */
    @WithDefault("50")
    int apiTokensPerAccount();
  }

  /**
   * Cost of password hashing: argon2id. The default is, of OWASP's equivalent ones, the leanest in
   * memory.
   */
  interface Password {
    /** Memory for one hash, KiB. */
    @WithDefault("7168")
    int memoryKib();

    /** Passes over that memory. */
    @WithDefault("5")
    int iterations();

    /** Hashes computed at one time; 0 means one per processor, at most four. */
    @WithDefault("0")
    int workers();

    /** Hashes that may wait for a worker; beyond, callers are told to come back. */
    @WithDefault("64")
    int queue();
  }

  /** Bounds on failed sign-ins. */
  interface SignIn {
    /** Failures per account within the window before sign-ins are refused. */
    @WithDefault("10")
    int maxFailures();

    /** The window, from the first failure. */
    @WithDefault("15m")
    Duration window();
  }

  /** Rotation of signing keys. */
  interface Keys {
    /** Age at which a key is replaced. */
    @WithDefault("90d")
    Duration rotateAfter();

    /** How long a new key is published before it signs. */
    @WithDefault("10m")
    Duration publishAhead();
  }

  /** Where revocations are announced. */
  interface Kafka {
    /** Brokers, {@code host:port}, comma-separated. */
    String bootstrapServers();

    /** Replicas of {@code auth.events} when this service makes the topic. */
    @WithDefault("1")
    short replication();
  }
}
