package dev.confab.localstack.launcher;

import dev.confab.localstack.configuration.Settings;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.StackFailure;
import dev.confab.localstack.suite.Project;
import java.nio.file.Path;
import java.util.List;

/** What {@code ./confab} hands over to. */
public final class Main {
  private static final String HELP =
      """
      usage: ./confab <command>

        up [--gateways N] [--chat N] [--ai N] [--detach] [--fresh] [--no-build]
                            build what is stale, start everything, stop it on Ctrl-C;
                            --detach leaves it running, and starts again what has died of it;
                            --fresh deletes all data first; --no-build takes what was built
        down                stop everything; the data stays
        status [--json]     what runs where, and the accounts
        logs [part] [-f]    last lines of the logs; -f follows them
        check               try each LLM provider, and send a message through the whole suite
        models sync         ask every LLM provider for its models now; tells what came and went
        test [what]         unit, it [module …], system, or a tag of the system tests;
                            all of it without a word; what follows -- goes to Maven
        bench [options]     measure on the running suite
        infra --home DIR [--ports-from N]
                            PostgreSQL, Redis, Kafka and demo LLM alone, until Ctrl-C

      Settings come from the environment or from a .env file; .env.example tells which.
      """;

  private Main() {}

  public static void main(String[] args) {
    Terminal terminal = new Terminal(System.out, System.err);
    try {
      int status = run(List.of(args), terminal);
      System.exit(status);
    } catch (StackFailure failure) {
      terminal.complain(failure.line());
      System.exit(1);
    } catch (InterruptedException e) {
      System.exit(130);
    }
  }

  private static int run(List<String> words, Terminal terminal) throws InterruptedException {
    Project project = new Project(Path.of(System.getProperty("confab.root", ".")).toAbsolutePath());
    Settings settings = Settings.of(System.getenv(), project.root());
    Context context = new Context(project, settings, terminal);
    String command = words.isEmpty() ? "help" : words.getFirst();
    Options options = new Options(words.isEmpty() ? List.of() : words.subList(1, words.size()));
    return switch (command) {
      case "up" -> {
        new UpCommand(context, UpOptions.of(options)).run();
        yield 0;
      }
      case "down" -> {
        options.requireNoMore();
        new DownCommand(context).run();
        yield 0;
      }
      case "status" -> {
        boolean json = options.flag("--json");
        options.requireNoMore();
        yield new StatusCommand(context).run(json);
      }
      case "logs" -> {
        boolean follow = options.flag("-f", "--follow");
        new LogsCommand(context).run(first(options.rest()), follow);
        yield 0;
      }
      case "check" -> {
        options.requireNoMore();
        yield new CheckCommand(context).run();
      }
      case "models" -> new ModelsCommand(context).run(options.rest());
      case "test" -> test(context, options.rest());
      case "bench" -> new BenchCommand(context).run(options.rest());
      case "infra" -> infra(context, options);
      case "help", "--help", "-h" -> {
        terminal.line(HELP);
        yield 0;
      }
      default -> throw new StackFailure("'" + command + "' is no command", "see ./confab help");
    };
  }

  private static int infra(Context context, Options options) throws InterruptedException {
    int firstPort = options.number("--ports-from", 60_000).orElse(0);
    String folder = options.value("--home");
    options.requireNoMore();
    if (folder == null) {
      throw new StackFailure("--home is missing", "name a folder for the data");
    }
    Home home = Home.at(Path.of(folder));
    new InfraCommand(home, context.project().programs(), firstPort, context.terminal())
        .runUntilEnded();
    return 0;
  }

  private static int test(Context context, List<String> words) {
    int dashes = words.indexOf("--");
    List<String> own = dashes < 0 ? words : words.subList(0, dashes);
    List<String> forMaven = dashes < 0 ? List.of() : words.subList(dashes + 1, words.size());
    return new TestCommand(context, forMaven).run(own);
  }

  private static String first(List<String> words) {
    return words.isEmpty() ? null : words.getFirst();
  }
}
