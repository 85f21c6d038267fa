package dev.confab.systemtests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Rest;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page at the origin, as a person uses it, in two tabs. */
@SystemTest
@Tag("page")
@Order(500)
class PageIT {
  private static final double PATIENCE_MILLIS = 20_000;

  private static Browser browser;
  private final Suite suite;

  PageIT(Suite suite) {
    this.suite = suite;
  }

  @BeforeAll
  static void findBrowser() {
    Browser.installIfAllowed();
    Optional<Path> executable = Browser.executable();
    Assumptions.assumeTrue(
        executable.isPresent(),
        "skipped: no Chromium is installed; install one (Debian: apt-get install -y chromium), let the"
            + " test do it (CONFAB_INSTALL_CHROMIUM=true), or name one in CONFAB_CHROMIUM");
    browser = Browser.start(executable.get());
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  private static LocatorAssertions expect(Locator locator) {
    return assertThat(locator);
  }

  private static LocatorAssertions.IsVisibleOptions soon() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
  }

  private static LocatorAssertions.HasTextOptions soonText() {
    return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS);
  }

  private static Page open(BrowserContext profile, URI origin, List<String> trouble) {
    Page page = profile.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onPageError(trouble::add);
    page.navigate(origin.toString());
    return page;
  }

  private static void signIn(Page page, Person person) {
    page.getByLabel("User name").fill(person.name());
    page.getByLabel("Password").fill(person.password());
    page.locator("#enter").click();
    expect(page.locator("#status")).hasText("online", soonText());
  }

  private static void say(Page page, String text) {
    page.locator("#text").fill(text);
    page.locator("#text").press("Enter");
  }

  private static Locator replies(Page page) {
    return page.locator("#messages article.assistant");
  }

  private static String textOf(Locator message) {
    return message.locator("div").textContent();
  }

  @Test
  void a_person_talks_with_the_ai_and_a_second_tab_keeps_step() {
    Person anna = suite.newPerson();
    List<String> trouble = new ArrayList<>();
    suite.demoLlm().pace(15, 60);
    try (BrowserContext profile = browser.profile()) {
      Page first = open(profile, suite.gatewayA(), trouble);
      signIn(first, anna);
      first.locator("#new-assistant").click();
      expect(first.locator("#text")).isEnabled();

      Page second = open(profile, suite.gatewayA(), trouble);
      expect(second.locator("#status")).hasText("online", soonText());
      second.locator("#list button").first().click();

      say(first, DemoLlm.STORY);
      Locator growing = first.locator("#messages article.streaming");
      expect(growing).isVisible(soon());
      awaitGrowth(first, growing);
      expect(second.locator("#messages article.streaming")).isVisible(soon());
      expect(growing)
          .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));

      expect(replies(first)).hasCount(1);
      expect(replies(second)).hasCount(1);
      expect(second.locator("#messages article.streaming"))
          .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
      History history = onlyConversation(anna);
      String stored = history.messages().getLast().path("content").asText();
      assertThat(textOf(replies(first)).equals(stored))
          .as("first tab shows the stored text")
          .isTrue();
      assertThat(textOf(replies(second)).equals(stored)).as("second tab too").isTrue();

      suite.demoLlm().behave();
      say(second, "And now?");
      expect(replies(first))
          .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
      expect(replies(second))
          .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
      expect(first.locator("#messages article.mine")).hasCount(2);
      expect(first.locator("#notice")).isEmpty();
    }
    assertThat(trouble).isEmpty();
  }

  /** The shown text is seen in at least two lengths before the reply ends. */
  private static void awaitGrowth(Page page, Locator growing) {
    int length = textOf(growing).length();
    page.waitForCondition(
        () -> textOf(growing).length() > length,
        new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
  }

  private History onlyConversation(Person person) {
    String id =
        Rest.json(suite.rest().as(person).get("/api/v1/conversations"))
            .path("items")
            .path(0)
            .findValue("id")
            .asText();
    return Delivered.asReadBy(suite, person).check(id);
  }

  @Test
  void a_reply_is_stopped_by_the_button() {
    Person anna = suite.newPerson();
    List<String> trouble = new ArrayList<>();
    suite.demoLlm().pace(10, 200);
    try (BrowserContext profile = browser.profile()) {
      Page page = open(profile, suite.gatewayB(), trouble);
      signIn(page, anna);
      page.locator("#new-assistant").click();
      expect(page.locator("#text")).isEnabled();
      say(page, DemoLlm.STORY);
      Locator growing = page.locator("#messages article.streaming");
      expect(growing).isVisible(soon());
      awaitGrowth(page, growing);

      page.locator("#stop").click();

      expect(growing)
          .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
      expect(replies(page)).containsText("(stopped)");
      assertThat(onlyConversation(anna).messages().getLast().path("status").asText())
          .isEqualTo("stopped");
    }
    assertThat(trouble).isEmpty();
  }

  @Test
  void a_wrong_password_is_explained() {
    Person anna = suite.newPerson();
    List<String> trouble = new ArrayList<>();
    try (BrowserContext profile = browser.profile()) {
      Page page = open(profile, suite.gatewayA(), trouble);
      page.getByLabel("User name").fill(anna.name());
      page.getByLabel("Password").fill("not-this-one");
      page.locator("#enter").click();
      expect(page.locator("#sign-in-error")).not().isEmpty();
      expect(page.locator("#app")).isHidden();
    }
    assertThat(trouble).isEmpty();
  }
}
