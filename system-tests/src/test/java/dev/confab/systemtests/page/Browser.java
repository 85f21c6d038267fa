package dev.confab.systemtests.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The operating system's own browser; nothing is downloaded. */
final class Browser implements AutoCloseable {
  private static final long INSTALL_MINUTES = 5;
  private static final List<String> QUIET =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Where the browser is: named by {@code CONFAB_CHROMIUM} or in one of the usual places. */
  static Optional<Path> executable() {
    return Stream.of(
            System.getenv().getOrDefault("CONFAB_CHROMIUM", ""),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome")
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Installs Debian's package if {@code CONFAB_INSTALL_CHROMIUM=true} allows it: nobody's machine
   * is changed by a test unasked.
   */
  static void installIfAllowed() {
    if (executable().isPresent()
        || !Boolean.parseBoolean(System.getenv("CONFAB_INSTALL_CHROMIUM"))) {
      return;
    }
    try {
      aptGet("update", "-qq");
      aptGet("install", "-y", "-qq", "chromium");
    } catch (IOException e) {
      System.err.println("Chromium could not be installed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void aptGet(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("apt-get"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
  }

  static Browser start(Path executable) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Browser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setHeadless(true)
                    .setArgs(QUIET)));
  }

  /** A profile of its own; its tabs share a sign-in. */
  BrowserContext profile() {
    return browser.newContext();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
