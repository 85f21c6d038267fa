package dev.confab.localstack.demollm;

/** The trouble that was ordered for every request, or for the next few. */
final class TroubleSwitch {
  private Trouble trouble = Trouble.NONE;
  private int timesLeft;

  /**
   * @param times how many requests it is for; 0 for all until the next order
   */
  synchronized void order(Trouble ordered, int times) {
    trouble = ordered;
    timesLeft = times;
  }

  /** The trouble that the next request will have. */
  synchronized Trouble present() {
    return trouble;
  }

  /** The trouble of the next request. */
  synchronized Trouble next() {
    Trouble present = trouble;
    if (timesLeft > 0 && --timesLeft == 0) {
      trouble = Trouble.NONE;
    }
    return present;
  }
}
