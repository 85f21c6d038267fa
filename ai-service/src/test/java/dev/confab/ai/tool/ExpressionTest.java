package dev.confab.ai.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2+3|5",
        "2 + 3 * 4|14",
        "(2+3)*4|20",
        "0.1 + 0.2|0.3",
        "-2^2|-4",
        "2^3^2|512",
        "2**10|1024",
        "2^-2|0.25",
        "10 % 4|2",
        "1/3*3|1",
        "1.5e3 + 2E-1|1500.2",
        "sqrt(2)^2|2",
        "max(1, 2, min(9, 5))|5",
        "round(2.5) + floor(-1.5) + ceil(0.1)|2",
        "round(pi*1000)/1000|3.142",
        "ln(e)|1",
        "sin(0)|0",
        "123456789 * 987654321|121932631112635269",
        "2^200|1.60693804425899027554196209234E+60",
        "4^0.5|2"
      })
  void computes(String expression, String value) {
    assertThat(Expression.evaluate(expression)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2 +",
        "1/0",
        "5 % 0",
        "sqrt(-1)",
        "log(0)",
        "foo",
        "foo(2)",
        "abs(1, 2)",
        "2 3",
        "1e9999",
        "9^2000^2",
        "9^9999",
        "System.exit(1)",
        ".",
        "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1"
      })
  void refusesWhatItCannot(String expression) {
    assertThatThrownBy(() -> Expression.evaluate(expression)).isInstanceOf(ToolRefusal.class);
  }
}
