package dev.confab.systemtests.suite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The environment of the tested suite: ports of its own, and nothing of a user's settings, so that
 * no real provider or database is ever tested with.
 */
final class SuiteEnvironment {
  private static final int FIRST_PORT = 14_500;
  private static final int LAST_PORT = 19_500;
  private static final int STEP = 100;
  private static final int PORTS_USED = 19;

  /** A turn has begun to be answered so long after it was stored, or ends otherwise. */
  static final Duration BEGIN_WITHIN = Duration.ofSeconds(30);

  private static final String USERS_OWN =
      "(CONFAB_|DB_|REDIS_|LLM_|DEEPSEEK_|OPENAI_|OLLAMA_|QUARKUS_).*";

  private SuiteEnvironment() {}

  /** Clears a child's environment of a user's settings and puts the suite's in. */
  static void applyTo(Map<String, String> environment, Path home, int firstPort) {
    environment.keySet().removeIf(name -> name.matches(USERS_OWN));
    environment.put("CONFAB_HOME", home.toString());
    environment.put("CONFAB_ENV_FILE", "/dev/null");
    environment.put("CONFAB_PORTS_FROM", Integer.toString(firstPort));
    environment.put("CONFAB_DEMO_LLM_RATE", "100");
    environment.put("CONFAB_DEMO_LLMS", "2");
    // A test must not wait long for the provider that the one before it has put in trouble.
    environment.put("CONFAB_LLM_COOLDOWN", "1s");
    // Nor for the deadline of a turn that something was killed under.
    environment.put("CONFAB_CHAT_REPLIES_BEGIN_WITHIN", BEGIN_WITHIN.toSeconds() + "s");
    // Nor for who left to be known as gone.
    environment.put("CONFAB_PRESENCE_GRACE", "1s");
    // All visitors of the tests come from one address.
    for (String of : List.of("DIALOGS", "MESSAGES")) {
      for (String per : List.of("ADDRESS", "ORIGIN")) {
        environment.put("CONFAB_VISITORS_" + of + "_PER_" + per + "_COUNT", "100000");
      }
    }
  }

  /** The first port of a row that is free. */
  static int freePorts() {
    return IntStream.iterate(FIRST_PORT, port -> port <= LAST_PORT, port -> port + STEP)
        .filter(
            first -> IntStream.range(first, first + PORTS_USED).allMatch(SuiteEnvironment::free))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no row of free ports"));
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
