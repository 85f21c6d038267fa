package dev.confab.ai.tool;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/**
 * Arithmetic on decimal numbers, by recursive descent. It computes and nothing else, and bounds the
 * length of what it reads, its depth and the size of every number. Not thread-safe.
 */
final class Expression {
  private static final int MAX_LENGTH = 500;
  private static final int MAX_DEPTH = 60;
  private static final int MAX_EXPONENT = 2_000;
  private static final int MAX_MAGNITUDE = 5_000;
  private static final int SHOWN_DIGITS = 15;
  private static final MathContext EXACT = new MathContext(40);

  private final String text;
  private int at;
  private int depth;

  private Expression(String text) {
    this.text = text;
  }

  /**
   * The value, without trailing zeros.
   *
   * @throws ToolRefusal naming what is wrong
   */
  static String evaluate(String text) {
    if (text == null || text.isBlank() || text.length() > MAX_LENGTH) {
      throw new ToolRefusal("Give an expression of 1 to " + MAX_LENGTH + " characters.");
    }
    Expression expression = new Expression(text.replace("**", "^").replace('×', '*'));
    try {
      BigDecimal value = expression.sum();
      expression.skipSpace();
      if (expression.at < expression.text.length()) {
        throw expression.unexpected();
      }
      return shown(value);
    } catch (ArithmeticException e) {
      throw new ToolRefusal("That has no value: " + e.getMessage() + ".");
    }
  }

  private static String shown(BigDecimal value) {
    BigDecimal bare = value.round(new MathContext(30)).stripTrailingZeros();
    int exponent = bare.precision() - bare.scale() - 1;
    boolean handy = exponent < 30 && exponent > -SHOWN_DIGITS;
    return handy ? bare.toPlainString() : bare.toString();
  }

  private BigDecimal sum() {
    BigDecimal value = product();
    while (true) {
      if (take('+')) {
        value = bounded(value.add(product(), EXACT));
      } else if (take('-')) {
        value = bounded(value.subtract(product(), EXACT));
      } else {
        return value;
      }
    }
  }

  private BigDecimal product() {
    BigDecimal value = signed();
    while (true) {
      if (take('*')) {
        value = bounded(value.multiply(signed(), EXACT));
      } else if (take('/')) {
        value = bounded(value.divide(notZero(signed()), EXACT));
      } else if (take('%')) {
        value = value.remainder(notZero(signed()), EXACT);
      } else {
        return value;
      }
    }
  }

  private BigDecimal signed() {
    if (take('-')) {
      return deeper(this::signed).negate();
    }
    return take('+') ? deeper(this::signed) : power();
  }

  private BigDecimal power() {
    BigDecimal base = primary();
    return take('^') ? raised(base, deeper(this::signed)) : base;
  }

  private static BigDecimal raised(BigDecimal base, BigDecimal exponent) {
    if (exponent.abs().compareTo(BigDecimal.valueOf(MAX_EXPONENT)) > 0) {
      throw new ToolRefusal("Exponents may be at most " + MAX_EXPONENT + ".");
    }
    if (exponent.stripTrailingZeros().scale() > 0) {
      return inexact(Math.pow(base.doubleValue(), exponent.doubleValue()));
    }
    BigDecimal raised = bounded(base.pow(Math.abs(exponent.intValue()), EXACT));
    return exponent.signum() < 0 ? BigDecimal.ONE.divide(notZero(raised), EXACT) : raised;
  }

  private BigDecimal primary() {
    skipSpace();
    if (take('(')) {
      BigDecimal value = deeper(this::sum);
      expect(')');
      return value;
    }
    char next = at < text.length() ? text.charAt(at) : '\0';
    if (Character.isDigit(next) || next == '.') {
      return number();
    }
    if (Character.isLetter(next)) {
      return named();
    }
    throw unexpected();
  }

  private BigDecimal number() {
    int from = at;
    digits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    exponent();
    try {
      return bounded(new BigDecimal(text.substring(from, at)));
    } catch (NumberFormatException e) {
      throw new ToolRefusal("'" + text.substring(from, at) + "' is no number.");
    }
  }

  private void digits() {
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
  }

  /** The {@code e3} of a number; another {@code e} is left alone. */
  private void exponent() {
    int sign = at + 1;
    if (sign < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      boolean signed = text.charAt(sign) == '-' || text.charAt(sign) == '+';
      int first = signed ? sign + 1 : sign;
      if (first < text.length() && Character.isDigit(text.charAt(first))) {
        at = first;
        digits();
      }
    }
  }

  private BigDecimal named() {
    int from = at;
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    String name = text.substring(from, at).toLowerCase(Locale.ROOT);
    if (!take('(')) {
      return constant(name);
    }
    List<BigDecimal> arguments = new ArrayList<>();
    do {
      arguments.add(deeper(this::sum));
    } while (take(','));
    expect(')');
    return function(name, arguments);
  }

  private static BigDecimal constant(String name) {
    return switch (name) {
      case "pi" -> new BigDecimal("3.141592653589793238462643383279502884197");
      case "e" -> new BigDecimal("2.718281828459045235360287471352662497757");
      default -> throw new ToolRefusal("'" + name + "' is unknown.");
    };
  }

  private static BigDecimal function(String name, List<BigDecimal> arguments) {
    BigDecimal x = arguments.getFirst();
    if (name.equals("min")) {
      return arguments.stream().reduce(BigDecimal::min).orElseThrow();
    }
    if (name.equals("max")) {
      return arguments.stream().reduce(BigDecimal::max).orElseThrow();
    }
    if (arguments.size() > 1) {
      throw new ToolRefusal("'" + name + "' takes one number.");
    }
    return switch (name) {
      case "sqrt" -> x.sqrt(EXACT);
      case "abs" -> x.abs();
      case "round" -> x.setScale(0, RoundingMode.HALF_UP);
      case "floor" -> x.setScale(0, RoundingMode.FLOOR);
      case "ceil" -> x.setScale(0, RoundingMode.CEILING);
      case "ln" -> inexact(x, Math::log);
      case "log" -> inexact(x, Math::log10);
      case "exp" -> inexact(x, Math::exp);
      case "sin" -> inexact(x, Math::sin);
      case "cos" -> inexact(x, Math::cos);
      case "tan" -> inexact(x, Math::tan);
      default -> throw new ToolRefusal("There is no function '" + name + "'.");
    };
  }

  private static BigDecimal inexact(BigDecimal x, DoubleUnaryOperator function) {
    return inexact(function.applyAsDouble(x.doubleValue()));
  }

  private static BigDecimal inexact(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new ArithmeticException("not a finite number");
    }
    return new BigDecimal(value, new MathContext(SHOWN_DIGITS));
  }

  private static BigDecimal notZero(BigDecimal value) {
    if (value.signum() == 0) {
      throw new ArithmeticException("division by zero");
    }
    return value;
  }

  private static BigDecimal bounded(BigDecimal value) {
    if (Math.abs((long) value.precision() - value.scale()) > MAX_MAGNITUDE) {
      throw new ToolRefusal("The numbers become too large or too small.");
    }
    return value;
  }

  private BigDecimal deeper(Supplier<BigDecimal> part) {
    if (++depth > MAX_DEPTH) {
      throw new ToolRefusal("The expression is nested too deeply.");
    }
    BigDecimal value = part.get();
    depth--;
    return value;
  }

  private boolean take(char wanted) {
    skipSpace();
    boolean there = at < text.length() && text.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char wanted) {
    if (!take(wanted)) {
      throw unexpected();
    }
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private ToolRefusal unexpected() {
    return new ToolRefusal(
        at < text.length()
            ? "'" + text.charAt(at) + "' at character " + (at + 1) + " is not understood."
            : "The expression ends too early.");
  }
}
