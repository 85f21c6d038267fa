package dev.confab.localstack.demollm;

/** Main class of the demo LLM's process. */
public final class DemoLlmMain {
  private DemoLlmMain() {}

  /**
   * @param args port, and usual tokens per second
   */
  public static void main(String[] args) throws Exception {
    DemoLlm server = DemoLlm.start(Integer.parseInt(args[0]), Double.parseDouble(args[1]));
    System.out.println("Demo LLM at " + server.baseUrl());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
  }
}
