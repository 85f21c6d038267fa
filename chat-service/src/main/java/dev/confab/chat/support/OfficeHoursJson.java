package dev.confab.chat.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.support.OfficeHours.Interval;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Office hours as administrators write them: {@code {"time_zone": "Europe/Berlin", "weekly":
 * [{"day": "monday", "from": "09:00", "to": "17:30"}]}}.
 */
final class OfficeHoursJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FIELD = "office_hours";
  private static final String TIME_ZONE = "time_zone";
  private static final String WEEKLY = "weekly";
  private static final int MAX_INTERVALS = 100;
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])|(24):(00)");

  private OfficeHoursJson() {}

  /** What was asked for. */
  static OfficeHours of(JsonNode asked) {
    JsonNode weekly = asked.path(WEEKLY);
    if (!weekly.isArray() || weekly.size() > MAX_INTERVALS) {
      throw refused(WEEKLY, "At most " + MAX_INTERVALS + " objects of day, from and to.");
    }
    List<Interval> intervals = new ArrayList<>();
    weekly.forEach(each -> intervals.add(interval(each)));
    return new OfficeHours(zone(asked.path(TIME_ZONE).asText("")), List.copyOf(intervals));
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw refused(TIME_ZONE, "The name of a time zone, such as Europe/Berlin.");
    }
  }

  private static Interval interval(JsonNode each) {
    int from = minute(each, "from");
    if (from == OfficeHours.DAY_MINUTES) {
      throw refused(WEEKLY + ".from", "A time such as 09:00, before midnight.");
    }
    return new Interval(day(each.path("day").asText("")), from, minute(each, "to"));
  }

  private static DayOfWeek day(String name) {
    try {
      return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw refused(WEEKLY + ".day", "A day of the week, such as monday.");
    }
  }

  private static int minute(JsonNode each, String field) {
    Matcher time = TIME.matcher(each.path(field).asText(""));
    if (!time.matches()) {
      throw refused(WEEKLY + '.' + field, "A time such as 09:00, up to 24:00.");
    }
    return time.group(3) != null
        ? OfficeHours.DAY_MINUTES
        : Integer.parseInt(time.group(1)) * 60 + Integer.parseInt(time.group(2));
  }

  private static ProblemException refused(String field, String allowed) {
    return ProblemException.invalid(FIELD + '.' + field, allowed);
  }

  /** As clients see them and as they are stored; null for none. */
  static JsonNode write(OfficeHours hours) {
    if (hours == null) {
      return null;
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode().put(TIME_ZONE, hours.zone().getId());
    var weekly = node.putArray(WEEKLY);
    for (Interval each : hours.weekly()) {
      weekly
          .addObject()
          .put("day", each.day().name().toLowerCase(Locale.ROOT))
          .put("from", time(each.from()))
          .put("to", time(each.to()));
    }
    return node;
  }

  private static String time(int minute) {
    return "%02d:%02d".formatted(minute / 60, minute % 60);
  }

  /** As stored, null for none. */
  static OfficeHours read(String stored) {
    try {
      return stored == null ? null : of(JSON.readTree(stored));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored office hours cannot be read", e);
    }
  }
}
