package dev.confab.localstack.demollm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo LLM's tokenizer: short pieces of words with the space before them, or one sign. */
final class Tokens {
  /** Code points, not UTF-16 units, are counted, so that no token ends inside a character. */
  private static final Pattern TOKEN =
      Pattern.compile("\\s*[\\p{L}\\p{M}\\p{N}]{1,8}|\\s*[^\\s\\p{L}\\p{M}\\p{N}]|\\s+");

  private Tokens() {}

  /** The tokens of a text; joined again they are that text. */
  static List<String> of(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  static int count(String text) {
    Matcher matcher = TOKEN.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }
}
