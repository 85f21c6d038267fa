package dev.confab.ai.reply;

import dev.confab.ai.tool.ToolAnswer;
import dev.langchain4j.agent.tool.ToolExecutionRequest;

/** Where a reply goes. No method blocks. */
interface Output {
  /** The reply begins. */
  void start();

  /**
   * Adds the next characters.
   *
   * @return whether more fits
   */
  boolean append(String more);

  /**
   * The model uses a tool, after all that was appended.
   *
   * @param callId unique within the reply
   */
  void toolCalled(String callId, ToolExecutionRequest call);

  /** The tool answered. */
  void toolAnswered(String callId, ToolAnswer answer);

  /** Says how the reply ended, after all that was appended. */
  void complete(Outcome outcome);

  /** Says that the reply failed where its text was lost, and drops what would follow. */
  void completeAt(int length, Outcome outcome);

  /** Nothing more is wanted. */
  void abandon();
}
