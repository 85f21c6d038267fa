package dev.confab.systemtests.support;

/** How a visitor's turn ended. */
public enum EndState {
  /** A reply began in time and ended, whole or cut short. */
  ANSWERED,
  /** The dialog went to a person, or into the queue for one, in time. */
  HANDED_OVER,
  /** It was said while a person answered or the dialog waited for one. */
  WITH_A_PERSON,
  /** The dialog was closed in time, which both sides were told. */
  CLOSED,
  /** An honest sentence in place of an answer, in time. */
  DECLINED
}
