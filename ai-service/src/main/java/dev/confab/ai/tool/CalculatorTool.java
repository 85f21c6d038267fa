package dev.confab.ai.tool;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import jakarta.inject.Singleton;

/** Computes what models get wrong. */
@Singleton
public class CalculatorTool {
  /** The value of an arithmetic expression. */
  @Tool(
      name = "calculator",
      value =
          "Evaluates an arithmetic expression exactly: + - * / % ^ ( ), numbers such as 1.5e3, pi,"
              + " e, and the functions sqrt, abs, round, floor, ceil, ln, log, exp, sin, cos, tan,"
              + " min(a, b), max(a, b).")
  public String calculator(@P("for example (2+3)*4 or sqrt(2)/2") String expression) {
    return Expression.evaluate(expression);
  }
}
