package dev.confab.ai.reply;

import dev.confab.contracts.chat.Usage;

/** What a reply has said and cost so far. Guarded by its reply's lock. */
final class Said {
  /** Between what was said before tools were used and after it. */
  private static final String PARAGRAPH = "\n\n";

  private final Output output;
  private final StringBuilder sinceTools = new StringBuilder();
  private boolean anything;
  private char last = '\n';
  private boolean paragraphDue;
  private Usage usage;

  /**
   * @param textSoFar what earlier attempts said
   */
  Said(Output output, String textSoFar) {
    this.output = output;
    sinceTools.append(textSoFar);
    note(textSoFar);
  }

  private void note(String text) {
    if (!text.isEmpty()) {
      last = text.charAt(text.length() - 1);
      anything = true;
    }
  }

  /** Passes text on; false if no more fits. */
  boolean say(String text) {
    if (text.isEmpty()) {
      return true;
    }
    boolean separated = Character.isWhitespace(last) || Character.isWhitespace(text.charAt(0));
    if (paragraphDue && !separated) {
      output.append(PARAGRAPH);
    }
    paragraphDue = false;
    sinceTools.append(text);
    note(text);
    return output.append(text);
  }

  /** All since tools were used last, or since the beginning; never half a surrogate pair. */
  String sinceTools() {
    int length = sinceTools.length();
    boolean half = length > 0 && Character.isHighSurrogate(sinceTools.charAt(length - 1));
    return sinceTools.substring(0, half ? length - 1 : length);
  }

  /** How much there is of {@link #sinceTools()}; it only grows until tools are used. */
  int length() {
    return sinceTools.length();
  }

  /** Whether there is any text at all, that of earlier attempts included. */
  boolean anything() {
    return anything;
  }

  /** Tools are used now: what follows is a paragraph of its own. */
  void toolsUsed() {
    sinceTools.setLength(0);
    paragraphDue = anything;
  }

  /** A call cost this; null if its provider counts nothing. */
  void cost(Usage more) {
    if (more == null || usage == null) {
      usage = usage == null ? more : usage;
      return;
    }
    usage =
        new Usage(
            usage.promptTokens() + more.promptTokens(),
            usage.completionTokens() + more.completionTokens(),
            usage.totalTokens() + more.totalTokens());
  }

  /** Of all calls that told it; null if none did. */
  Usage usage() {
    return usage;
  }
}
