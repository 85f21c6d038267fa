package dev.confab.localstack.suite;

import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.HttpProbe;
import dev.confab.localstack.process.JavaCommand;
import dev.confab.localstack.process.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One replica of a service. */
final class ServicePart implements Part {
  private final Home home;
  private final String name;
  private final String module;
  private final int port;
  private final String portSetting;
  private final int heapMb;
  private final List<String> javaOptions;
  private final Supplier<Map<String, String>> environment;

  /**
   * @param javaOptions on top of the usual ones; the last word is theirs
   * @param environment asked when it starts, for it may make passwords
   */
  ServicePart(
      Home home,
      String name,
      String module,
      int port,
      String portSetting,
      int heapMb,
      List<String> javaOptions,
      Supplier<Map<String, String>> environment) {
    this.home = home;
    this.name = name;
    this.module = module;
    this.port = port;
    this.portSetting = portSetting;
    this.heapMb = heapMb;
    this.javaOptions = javaOptions;
    this.environment = environment;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Integer> ports() {
    return List.of(port);
  }

  @Override
  public String portSetting() {
    return portSetting;
  }

  @Override
  public String url() {
    return "http://localhost:" + port;
  }

  @Override
  public String marker() {
    return JavaCommand.marker(home, name);
  }

  @Override
  public List<String> command() {
    List<String> command = new ArrayList<>(JavaCommand.base(home, name, heapMb));
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", home.app(module).resolve("quarkus-run.jar").toString()));
    return command;
  }

  @Override
  public Map<String, String> environment() {
    return environment.get();
  }

  @Override
  public boolean ready() {
    return HttpProbe.isOk("http://127.0.0.1:" + port + "/q/health/ready");
  }

  /** Each answer of a service that is not ready yet is a line in its log. */
  @Override
  public Duration askEvery() {
    return Duration.ofMillis(200);
  }

  @Override
  public Duration readyWithin() {
    return Duration.ofSeconds(90);
  }

  @Override
  public Duration stopWithin() {
    return Duration.ofSeconds(15);
  }
}
