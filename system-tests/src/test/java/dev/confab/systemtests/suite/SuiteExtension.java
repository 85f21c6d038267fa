package dev.confab.systemtests.suite;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link Suite} of the run: started when the first test asks for it, stopped
 * when the last one is over, whatever their outcome. A suite that can not be started fails every
 * test at once, with the same reason.
 */
public final class SuiteExtension
    implements BeforeAllCallback, AfterEachCallback, ParameterResolver {
  private static final ExtensionContext.Namespace RUN =
      ExtensionContext.Namespace.create(SuiteExtension.class);

  /** The run's suite, or why there is none. */
  private record Running(Suite suite, Throwable failure, Thread atExit) implements AutoCloseable {
    static Running start() {
      try {
        Suite suite = Suite.start();
        Thread atExit = new Thread(suite::close, "stop suite");
        Runtime.getRuntime().addShutdownHook(atExit);
        return new Running(suite, null, atExit);
      } catch (RuntimeException | AssertionError failure) {
        return new Running(null, failure, null);
      }
    }

    @Override
    public void close() {
      if (suite != null) {
        suite.close();
        Runtime.getRuntime().removeShutdownHook(atExit);
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    suite(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    suite(context).demoLlm().behave();
    suite(context).secondDemoLlm().behave();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Suite.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return suite(context);
  }

  private static Suite suite(ExtensionContext context) {
    Running running =
        context
            .getRoot()
            .getStore(RUN)
            .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
    if (running.failure() != null) {
      throw new IllegalStateException("the suite did not start", running.failure());
    }
    return running.suite();
  }
}
