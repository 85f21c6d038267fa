package dev.confab.localstack.suite;

import java.nio.file.Path;
import java.util.List;

/** The working copy: its modules and what they are built to. */
public record Project(Path root) {
  public static final String LOCAL_STACK = "local-stack";

  /** The modules that run as services. */
  public static final List<String> SERVICES =
      List.of("auth-service", "chat-service", "ai-service", "gateway-service");

  /** The folder that a service's build leaves, with {@code quarkus-run.jar} in it. */
  public Path builtService(String module) {
    return target(module).resolve("quarkus-app");
  }

  public Path target(String module) {
    return root.resolve(module).resolve("target");
  }

  /** Where server programs are unpacked. */
  public Path programs() {
    return target(LOCAL_STACK).resolve("programs");
  }

  /** Where the user's own suite lives. */
  public Path usualHome() {
    return root.resolve(".local");
  }
}
