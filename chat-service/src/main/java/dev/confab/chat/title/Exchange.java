package dev.confab.chat.title;

/** What was first said in a conversation, and what was answered. */
record Exchange(String userId, String question, String answer) {
  /** Never shows what was said. */
  @Override
  public String toString() {
    return "Exchange[...]";
  }
}
