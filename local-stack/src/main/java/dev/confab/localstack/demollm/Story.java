package dev.confab.localstack.demollm;

import java.util.List;
import java.util.Random;

/** Short stories, the same ones for the same request; with signs beyond the basic plane in them. */
final class Story {
  private static final List<String> HEROES =
      List.of("a lighthouse keeper", "a clockmaker", "a young fox 🦊", "the last ferryman");
  private static final List<String> PLACES =
      List.of(
          "on a grey island", "in a town of bridges", "at the edge of the map 🗺", "by the sea");
  private static final List<String> WISHES =
      List.of(
          "wanted to know where the letters went that nobody answered",
          "had promised to wind every clock before midnight",
          "collected the sounds that people leave behind",
          "was looking for the shortest way home");
  private static final List<String> TURNS =
      List.of(
          "One evening a stranger knocked three times and asked for nothing but a chair.",
          "Then the wind turned, and with it every weather vane but one.",
          "In the third night the lamp went out, and somebody lit it again from outside.",
          "A bird brought a key 🔑 that fitted no lock in the whole place.");
  private static final List<String> ENDS =
      List.of(
          "In the morning there were two cups on the table, and both were warm.",
          "Since then the door has stood open, and it has not rained in once.",
          "Nobody ever learned who it was, but everyone slept well that night 🌙.",
          "And that is why the bell there still rings a little early.");

  private Story() {}

  /** Some tens of words. */
  static String about(String request) {
    Random random = new Random(request.hashCode());
    return "Once upon a time there was %s %s who %s. %s %s %s"
        .formatted(
            pick(HEROES, random),
            pick(PLACES, random),
            pick(WISHES, random),
            pick(TURNS, random),
            "For a long while nothing else happened, which is rarer than one thinks.",
            pick(ENDS, random));
  }

  private static String pick(List<String> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
