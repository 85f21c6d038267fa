package dev.confab.ai.tool;

/**
 * What came of a tool's use, for the model to read.
 *
 * @param ok whether the tool did what it was asked
 */
public record ToolAnswer(boolean ok, String text) {
  static ToolAnswer failed(String why) {
    return new ToolAnswer(false, why);
  }

  /** May hold what people wrote. */
  @Override
  public String toString() {
    return "ToolAnswer[ok=" + ok + ", length=" + text.length() + ']';
  }
}
