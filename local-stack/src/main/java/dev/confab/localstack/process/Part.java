package dev.confab.localstack.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One process of the local stack: how it is started, and how one sees that it is ready. */
public interface Part {
  /** Unique in a suite, such as {@code kafka} or {@code gateway-1}; also the name of its log. */
  String name();

  /** Where it listens, the main one first. */
  List<Integer> ports();

  /** The variable that sets its port, told when that port is taken. */
  String portSetting();

  /** Where to reach it, for people and scripts. */
  String url();

  /** A piece of the command line that tells it from every foreign process. */
  String marker();

  /** Puts in place what the process needs; may take seconds. */
  default void prepare() {}

  /** The command to run. */
  List<String> command();

  /** Variables on top of a bare environment. */
  default Map<String, String> environment() {
    return Map.of();
  }

  /** Whether it does its work by now; must answer within a second or so and never throw. */
  boolean ready();

  /** Whether it answers now; unlike {@link #ready()} it changes nothing. */
  default boolean answers() {
    return ready();
  }

  /** How often {@link #ready()} is asked. */
  default Duration askEvery() {
    return Duration.ofMillis(25);
  }

  /** How long to wait for {@link #ready()}. */
  default Duration readyWithin() {
    return Duration.ofSeconds(60);
  }

  /** How long a polite stop may take before it is ended hard. */
  default Duration stopWithin() {
    return Duration.ofSeconds(10);
  }
}
