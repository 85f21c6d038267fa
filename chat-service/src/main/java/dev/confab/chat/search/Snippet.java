package dev.confab.chat.search;

/** Turns marked text into HTML. */
final class Snippet {
  /** Stands before a hit; no such character is left in the text itself. */
  static final char BEGIN = '\u0002';

  /** Stands after a hit. */
  static final char END = '\u0003';

  /** Stands for {@code <}, which would be taken for a tag and left out. */
  static final char LESS = '\u0004';

  private Snippet() {}

  /** Escapes the text, and puts the hits into {@code <mark>}. */
  static String html(String marked) {
    StringBuilder html = new StringBuilder(marked.length() + 32);
    for (int i = 0; i < marked.length(); i++) {
      char unit = marked.charAt(i);
      switch (unit) {
        case BEGIN -> html.append("<mark>");
        case END -> html.append("</mark>");
        case '&' -> html.append("&amp;");
        case '<', LESS -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(unit);
      }
    }
    return html.toString();
  }
}
