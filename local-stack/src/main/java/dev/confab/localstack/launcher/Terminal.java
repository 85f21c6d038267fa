package dev.confab.localstack.launcher;

import java.io.PrintStream;

/** What the person at the terminal reads: answers on standard output, complaints on the other. */
record Terminal(PrintStream out, PrintStream err) {
  void line(String text) {
    out.println(text);
  }

  void complain(String text) {
    err.println(text);
  }
}
