package dev.confab.ai.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolMemoryId;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ToolSetTest {
  private static final CountDownLatch INTERRUPTED = new CountDownLatch(1);

  static final class Long {
    @Tool(name = "long", value = "says much")
    public String say() {
      return "🌍".repeat(100);
    }
  }

  static final class Whose {
    @Tool(name = "whose", value = "tells who asks")
    public String whose(@ToolMemoryId String userId, @P("a word") String word) {
      return userId + " " + word;
    }
  }

  static final class Broken {
    @Tool(name = "broken", value = "breaks")
    public String say() {
      throw new IllegalStateException("a secret");
    }
  }

  static final class Stuck {
    @Tool(name = "stuck", value = "never ends")
    public String say() throws InterruptedException {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        INTERRUPTED.countDown();
        throw e;
      }
      return "";
    }
  }

  private final ToolSet tools =
      new ToolSet(
          List.of(
              UsableTool.of(new ClockTool()),
              UsableTool.of(new CalculatorTool()),
              UsableTool.of(new Long()),
              UsableTool.of(new Whose()),
              UsableTool.of(new Broken()),
              UsableTool.of(new Stuck())),
          "user-1",
          Duration.ofMillis(300),
          100);

  private ToolAnswer use(String name, String arguments) {
    return tools
        .use(ToolExecutionRequest.builder().id("1").name(name).arguments(arguments).build())
        .orTimeout(5, TimeUnit.SECONDS)
        .join();
  }

  @Test
  void tellsModelsOfThem() {
    assertThat(tools.specifications())
        .extracting(ToolSpecification::name)
        .contains("clock", "calculator");
    ToolSpecification whose =
        tools.specifications().stream().filter(t -> t.name().equals("whose")).findFirst().get();
    assertThat(whose.parameters().properties()).containsOnlyKeys("word");
  }

  @Test
  void usesThem() {
    assertThat(use("calculator", "{\"expression\":\"2+3\"}")).isEqualTo(new ToolAnswer(true, "5"));
    assertThat(use("clock", "").text()).contains("UTC");
    assertThat(use("clock", "{\"zone\":\"Asia/Tokyo\"}").text()).contains("+09:00");
  }

  @Test
  void theUserIsNotTheModelsToName() {
    assertThat(use("whose", "{\"word\":\"hi\",\"userId\":\"user-2\"}").text())
        .isEqualTo("user-1 hi");
  }

  @Test
  void tellsWhyAToolRefuses() {
    ToolAnswer answer = use("calculator", "{\"expression\":\"1/0\"}");

    assertThat(answer.ok()).isFalse();
    assertThat(answer.text()).contains("division by zero");
    assertThat(use("clock", "{\"zone\":\"Nowhere\"}").ok()).isFalse();
    assertThat(use("no-such-tool", "{}").ok()).isFalse();
    assertThat(use("calculator", "no json").ok()).isFalse();
  }

  @Test
  void keepsAFailuresDetailsToItself() {
    assertThat(use("broken", "{}")).isEqualTo(ToolAnswer.failed("The tool failed."));
  }

  @Test
  void endsAToolThatTakesTooLong() throws InterruptedException {
    assertThat(use("stuck", "{}").ok()).isFalse();
    assertThat(INTERRUPTED.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shortensLongAnswers() {
    assertThat(use("long", "{}").text()).hasSizeBetween(98, 100).endsWith("🌍…");
  }
}
