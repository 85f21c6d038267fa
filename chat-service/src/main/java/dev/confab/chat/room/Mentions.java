package dev.confab.chat.room;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a text addresses by name.
 *
 * <p>{@code @} and the name that the room shows, whatever the case, spaces included, the longest
 * name first: with "Ann" and "Ann Lee" in the room, {@code @ann lee} means the latter. Several of
 * one name are all meant. The first word of a longer name will do where only one person has it.
 * E-mail addresses, paths of web addresses and code address nobody.
 */
public final class Mentions {
  /** Somebody whom a text may address. */
  public record Named(String id, String name) {}

  /** So many places are looked at; the rest of a text addresses nobody. */
  private static final int MAX_PLACES = 50;

  /** So many words are taken together where names are not at hand. */
  private static final int MAX_NAME_WORDS = 6;

  private static final Pattern CODE =
      Pattern.compile("```.*?(?:```|\\z)|`[^`\\n]*`", Pattern.DOTALL);
  private static final Pattern PLACE = Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}_@./+-])@(?=\\S)");
  private static final Pattern CALL =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_@.])(@ai|hey,?\\s+ai)(?![\\p{L}\\p{N}_])",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** A letter would make it another word; so would a dot or hyphen that joins two. */
  private static final Pattern GOES_ON =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}_@]|[.-][\\p{L}\\p{N}]");

  private static final Pattern SPACES = Pattern.compile("\\s+");

  private Mentions() {}

  /** Whether a text calls the AI without saying which: {@code @ai} or "hey AI". */
  public static boolean callAi(String text) {
    return CALL.matcher(text).find();
  }

  /** Whether a text can address anybody at all. */
  public static boolean mayBeIn(String text) {
    return text != null && text.indexOf('@') >= 0;
  }

  /**
   * Ids of those whom a text addresses, in the order of the text, each once.
   *
   * @param named everybody who may be meant; who has no name is not
   */
  public static List<String> in(String text, Collection<Named> named) {
    if (!mayBeIn(text)) {
      return List.of();
    }
    List<Named> known = named.stream().filter(n -> n.name() != null).map(Mentions::plain).toList();
    String plain = plain(text);
    Set<String> meant = new LinkedHashSet<>();
    for (int place : places(plain)) {
      meant.addAll(at(plain, place, known));
    }
    return List.copyOf(meant);
  }

  private static List<String> at(String text, int place, List<Named> known) {
    int longest = 0;
    List<String> meant = new ArrayList<>();
    for (Named each : known) {
      int length = each.name().length();
      if (length >= Math.max(longest, 1) && stands(text, place, each.name())) {
        if (length > longest) {
          meant.clear();
        }
        longest = length;
        meant.add(each.id());
      }
    }
    return meant.isEmpty() ? byFirstWord(text, place, known) : meant;
  }

  private static List<String> byFirstWord(String text, int place, List<Named> known) {
    List<String> meant =
        known.stream()
            .filter(n -> n.name().indexOf(' ') > 0)
            .filter(n -> stands(text, place, n.name().substring(0, n.name().indexOf(' '))))
            .map(Named::id)
            .toList();
    return meant.size() == 1 ? meant : List.of();
  }

  private static boolean stands(String text, int place, String name) {
    if (!text.regionMatches(true, place, name, 0, name.length())) {
      return false;
    }
    Matcher next = GOES_ON.matcher(text).region(place + name.length(), text.length());
    return !next.lookingAt();
  }

  /**
   * The names that a text may mean, for looking them up: after each {@code @} the first word, the
   * first two, and so on.
   */
  public static List<String> candidates(String text) {
    if (!mayBeIn(text)) {
      return List.of();
    }
    String plain = plain(text);
    Set<String> candidates = new LinkedHashSet<>();
    for (int place : places(plain)) {
      int end = place;
      for (int words = 0; words < MAX_NAME_WORDS && end < plain.length(); words++) {
        end = wordEnd(plain, end);
        candidates.add(plain.substring(place, end));
        candidates.add(plain.substring(place, end).replaceFirst("[^\\p{L}\\p{M}\\p{N}]+$", ""));
        end++;
      }
    }
    candidates.remove("");
    return List.copyOf(candidates);
  }

  private static int wordEnd(String text, int from) {
    int end = text.indexOf(' ', from);
    return end < 0 ? text.length() : end;
  }

  /** Where names begin. */
  private static List<Integer> places(String text) {
    return PLACE.matcher(text).results().limit(MAX_PLACES).map(r -> r.end()).toList();
  }

  private static Named plain(Named named) {
    return new Named(named.id(), plain(named.name()).strip());
  }

  /** Without code, one space between words, and one way to write each letter. */
  private static String plain(String text) {
    String spoken = text.indexOf('`') < 0 ? text : CODE.matcher(text).replaceAll(" ");
    String composed = Normalizer.normalize(spoken, Normalizer.Form.NFC);
    return SPACES.matcher(composed).replaceAll(" ");
  }
}
