package dev.confab.loadtests.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code ./confab status --json} says.
 *
 * @param gateways base URLs
 * @param parts all processes, services first
 * @param demoLlm base URL of the demo LLM, or null if the suite uses another
 */
public record RunningSuite(List<String> gateways, List<Part> parts, String demoLlm) {
  /**
   * A process of the suite.
   *
   * @param service whether it is one of our services, or else infrastructure
   */
  public record Part(String name, long pid, boolean service) {}

  /** The gateways' processes, in the order of their URLs. */
  public List<Part> gatewayParts() {
    return parts.stream().filter(part -> part.name().startsWith("gateway")).toList();
  }

  /**
   * @throws IOException if no suite runs, or it does not say
   */
  public static RunningSuite read(Path root) throws IOException, InterruptedException {
    Process status =
        new ProcessBuilder(root.resolve("confab").toString(), "status", "--json")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] said = status.getInputStream().readAllBytes();
    if (status.waitFor() != 0) {
      throw new IOException("no suite runs: start it with ./confab up --gateways 2");
    }
    return parse(new ObjectMapper().readTree(said));
  }

  static RunningSuite parse(JsonNode status) {
    List<String> gateways = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (JsonNode service : status.path("services")) {
      String name = service.path("name").asText();
      if (name.startsWith("gateway")) {
        gateways.add(service.path("url").asText().replaceAll("/+$", ""));
      }
      parts.add(new Part(name, service.path("pid").asLong(), true));
    }
    String demoLlm = null;
    for (JsonNode part : status.path("infrastructure")) {
      String name = part.path("name").asText();
      parts.add(new Part(name, part.path("pid").asLong(), false));
      demoLlm = name.equals("demo-llm") ? part.path("url").asText() : demoLlm;
    }
    parts.removeIf(part -> part.pid() == 0);
    return new RunningSuite(List.copyOf(gateways), List.copyOf(parts), demoLlm);
  }
}
