package dev.confab.ai.tool;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tells the time. */
@Singleton
public class ClockTool {
  private static final DateTimeFormatter SPOKEN =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu, HH:mm:ss VV (xxx)", Locale.ENGLISH);

  /** The date and time somewhere on earth. */
  @Tool(name = "clock", value = "Tells the current date, day of the week and time of day.")
  public String clock(
      @P(value = "IANA time zone, such as Europe/Berlin; UTC if left out", required = false)
          String zone) {
    try {
      ZoneId where = zone == null || zone.isBlank() ? ZoneId.of("UTC") : ZoneId.of(zone.strip());
      return SPOKEN.format(ZonedDateTime.now(where));
    } catch (DateTimeException e) {
      throw new ToolRefusal("There is no such time zone; use an IANA name or leave it out.");
    }
  }
}
