package dev.confab.ai.tool;

/** A tool cannot do what it was asked; the message tells the model why. */
final class ToolRefusal extends RuntimeException {
  ToolRefusal(String message) {
    super(message, null, false, false);
  }
}
