package dev.confab.chat.title;

/** A title out of a text, without a model. */
final class FirstWords {
  private static final int MAX_CHARS = 60;

  private FirstWords() {}

  /** The first words that fit on a line; empty if there are none. */
  static String of(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    if (line.length() <= MAX_CHARS) {
      return line;
    }
    int end = line.lastIndexOf(' ', MAX_CHARS - 1);
    if (end <= 0) {
      end = MAX_CHARS - 1;
      if (Character.isHighSurrogate(line.charAt(end - 1))) {
        end--;
      }
    }
    return line.substring(0, end) + '…';
  }

  /** What a model wrote, as a title: one line, without the quotes that models like. */
  static String ofModel(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return of(line.replaceAll("^[\"'“”„*#\\s]+|[\"'“”*.\\s]+$", ""));
  }
}
