package dev.confab.gateway.dialect;

/** The two sides of a support dialog. */
public enum DialogSide {
  /** An operator's panel. */
  PANEL("manager"),
  /** The visitor's widget. */
  WIDGET("user");

  private final String sender;

  DialogSide(String sender) {
    this.sender = sender;
  }

  /** What the dialect calls those who write on this side. */
  public String sender() {
    return sender;
  }
}
