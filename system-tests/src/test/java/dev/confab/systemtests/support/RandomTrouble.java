package dev.confab.systemtests.support;

import dev.confab.systemtests.suite.DemoLlm;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** An LLM that works half of the time, and else fails in every way it can. */
record RandomTrouble(DemoLlm llm, Random random, BooleanSupplier goesOn) implements Runnable {
  private static final List<Consumer<DemoLlm>> WAYS =
      List.of(
          llm -> llm.status(500),
          llm -> llm.status(429),
          llm -> llm.status(401),
          llm -> llm.delay(Duration.ofSeconds(2)),
          llm -> llm.delay(Duration.ofSeconds(50)),
          llm -> llm.cut(5),
          llm -> llm.cut(0),
          llm -> llm.stall(5),
          llm -> llm.malformed(4),
          llm -> llm.pace(6, 60),
          llm -> llm.pace(15, 40));

  @Override
  public void run() {
    while (goesOn.getAsBoolean()) {
      llm.behave();
      Pause.between(random, 500, 2_500);
      WAYS.get(random.nextInt(WAYS.size())).accept(llm);
      Pause.between(random, 500, 2_500);
    }
    llm.behave();
  }
}
