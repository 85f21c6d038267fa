package dev.confab.localstack.launcher;

import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.StackFailure;
import java.nio.file.Path;
import java.util.List;

/** What {@code ./confab} hands over to. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    Terminal terminal = new Terminal(System.out, System.err);
    List<String> arguments = List.of(args);
    try {
      int ports = Integer.parseInt(arguments.get(arguments.indexOf("--ports-from") + 1));
      Path home = Path.of(arguments.get(arguments.indexOf("--home") + 1));
      Path root = Path.of(System.getProperty("confab.root", "."));
      new InfraCommand(Home.at(home), root.resolve("local-stack/target/programs"), ports, terminal)
          .runUntilEnded();
    } catch (StackFailure failure) {
      terminal.complain(failure.line());
      System.exit(1);
    }
  }
}
