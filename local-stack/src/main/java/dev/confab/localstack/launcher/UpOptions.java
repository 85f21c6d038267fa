package dev.confab.localstack.launcher;

import dev.confab.localstack.suite.Counts;
import java.util.OptionalInt;

/**
 * The options of {@code up}.
 *
 * @param countsGiven whether any count was asked for
 * @param fresh delete all data first
 * @param build whether what is stale is built
 */
record UpOptions(Counts counts, boolean countsGiven, boolean detach, boolean fresh, boolean build) {
  static UpOptions of(Options options) {
    OptionalInt gateways = options.number("--gateways", Counts.MOST);
    OptionalInt chat = options.number("--chat", Counts.MOST);
    OptionalInt ai = options.number("--ai", Counts.MOST);
    boolean detach = options.flag("--detach", "-d");
    boolean fresh = options.flag("--fresh");
    boolean build = !options.flag("--no-build");
    options.requireNoMore();
    Counts usual = Counts.USUAL;
    Counts counts =
        new Counts(
            gateways.orElse(usual.gateways()), chat.orElse(usual.chat()), ai.orElse(usual.ai()));
    boolean given = gateways.isPresent() || chat.isPresent() || ai.isPresent();
    return new UpOptions(counts, given, detach, fresh, build);
  }
}
