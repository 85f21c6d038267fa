package dev.confab.localstack.demollm;

import dev.confab.localstack.configuration.ProviderGroup;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.HttpProbe;
import dev.confab.localstack.process.JavaCommand;
import dev.confab.localstack.process.Part;
import java.util.List;

/** The demo LLM as a process of the local stack. */
public final class DemoLlmPart implements Part {
  /** The model that behaves as one would wish. */
  public static final String MODEL = "confab-demo";

  private static final int HEAP_MB = 128;

  /** How the name of every one begins. */
  public static final String NAME = "demo-llm";

  private final Home home;
  private final int number;
  private final int port;
  private final double tokensPerSecond;

  /**
   * @param number counts from 1
   * @param tokensPerSecond usual pace of an answer, 0 for as fast as possible
   */
  public DemoLlmPart(Home home, int number, int port, double tokensPerSecond) {
    this.home = home;
    this.number = number;
    this.port = port;
    this.tokensPerSecond = tokensPerSecond;
  }

  @Override
  public String name() {
    return number == 1 ? NAME : NAME + "-" + number;
  }

  /** As a provider. */
  public ProviderGroup provider() {
    return new ProviderGroup(number == 1 ? "demo" : "demo" + number, url(), "demo", MODEL);
  }

  @Override
  public List<Integer> ports() {
    return List.of(port);
  }

  @Override
  public String portSetting() {
    return "CONFAB_DEMO_LLM_PORT";
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  @Override
  public String marker() {
    return JavaCommand.marker(home, name());
  }

  @Override
  public List<String> command() {
    return JavaCommand.ofThisModule(
        home,
        name(),
        HEAP_MB,
        DemoLlmMain.class,
        Integer.toString(port),
        Double.toString(tokensPerSecond));
  }

  @Override
  public boolean ready() {
    return HttpProbe.isOk("http://127.0.0.1:" + port + "/health");
  }
}
