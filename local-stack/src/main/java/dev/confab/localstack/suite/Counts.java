package dev.confab.localstack.suite;

/** How many replicas of each service there are. */
public record Counts(int gateways, int chat, int ai) {
  public static final Counts USUAL = new Counts(1, 1, 1);

  /** More replicas than this share no laptop. */
  public static final int MOST = 20;
}
