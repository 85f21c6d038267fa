package dev.confab.localstack.demollm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How an answer shall differ from a well-behaved one; what is null is as usual.
 *
 * @param delay milliseconds before the answer begins
 * @param rate tokens per second, 0 for as fast as possible
 * @param status answer with this error status instead
 * @param cut hang up after so many tokens
 * @param stall say nothing more after so many tokens, but stay
 * @param malformed make the chunk of this token (from 1) broken JSON
 * @param tokens length of the whole answer
 * @param stamp put {@code ~t<microseconds since the epoch>~}, its time of leaving, before each
 *     token
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Trouble(
    @JsonProperty Integer delay,
    @JsonProperty Double rate,
    @JsonProperty Integer status,
    @JsonProperty Integer cut,
    @JsonProperty Integer stall,
    @JsonProperty Integer malformed,
    @JsonProperty Integer tokens,
    @JsonProperty Boolean stamp) {
  static final Trouble NONE = new Trouble(null, null, null, null, null, null, null, null);

  /**
   * Reads switches such as {@code delay=3000,rate=100,stamp}.
   *
   * @throws IllegalArgumentException naming the switch that is not understood
   */
  static Trouble parse(String switches) {
    Trouble trouble = NONE;
    for (String each : switches.split(",")) {
      if (!each.isBlank()) {
        trouble = one(each.strip()).over(trouble);
      }
    }
    return trouble;
  }

  /** The switches in a model's name, after its colon. */
  static Trouble ofModel(String model) {
    int colon = model.indexOf(':');
    return colon < 0 ? NONE : parse(model.substring(colon + 1));
  }

  /** This one, and the other's where this one says nothing. */
  Trouble over(Trouble other) {
    return new Trouble(
        or(delay, other.delay),
        or(rate, other.rate),
        or(status, other.status),
        or(cut, other.cut),
        or(stall, other.stall),
        or(malformed, other.malformed),
        or(tokens, other.tokens),
        or(stamp, other.stamp));
  }

  private static Trouble one(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    String value = equals < 0 ? "1" : text.substring(equals + 1);
    try {
      return one(name, value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("The switch '" + name + "' needs a number", e);
    }
  }

  private static Trouble one(String name, String value) {
    if (name.equals("rate")) {
      return new Trouble(null, Double.valueOf(value), null, null, null, null, null, null);
    }
    Integer n = Integer.valueOf(value);
    return switch (name) {
      case "delay" -> new Trouble(n, null, null, null, null, null, null, null);
      case "status" -> new Trouble(null, null, n, null, null, null, null, null);
      case "cut" -> new Trouble(null, null, null, n, null, null, null, null);
      case "stall" -> new Trouble(null, null, null, null, n, null, null, null);
      case "malformed" -> new Trouble(null, null, null, null, null, n, null, null);
      case "tokens" -> new Trouble(null, null, null, null, null, null, n, null);
      case "stamp" -> new Trouble(null, null, null, null, null, null, null, n != 0);
      default -> throw new IllegalArgumentException("There is no switch '" + name + "'");
    };
  }

  private static <T> T or(T mine, T others) {
    return mine != null ? mine : others;
  }
}
