package dev.confab.chat.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When a site's operators are there: {@code {"zone": "Europe/Berlin", "days": {"monday": [["09:00",
 * "17:00"]]}}}. A day that is not named is a day off.
 *
 * @param zone IANA time zone
 * @param days spans of each day, by its English name in lower case; each ends on the same day
 */
public record OfficeHours(String zone, Map<String, List<List<String>>> days) {
  private static final int DAYS_AHEAD = 8;
  private static final int SPAN = 2;
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Reads what a site has stored; empty where there is nothing, or nothing that makes sense. */
  public static Optional<OfficeHours> read(String json) {
    try {
      OfficeHours read = json == null ? null : JSON.readValue(json, OfficeHours.class);
      return Optional.ofNullable(read).filter(OfficeHours::isSound);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Whether zone, days and times are such, and each span ends after its beginning. */
  public boolean isSound() {
    try {
      ZoneId.of(zone);
      for (var day : days.entrySet()) {
        DayOfWeek.valueOf(day.getKey().toUpperCase(Locale.ROOT));
        if (!day.getValue().stream().allMatch(OfficeHours::isSpan)) {
          return false;
        }
      }
      return true;
    } catch (DateTimeException | IllegalArgumentException | NullPointerException e) {
      return false;
    }
  }

  private static boolean isSpan(List<String> span) {
    return span.size() == SPAN
        && LocalTime.parse(span.get(0)).isBefore(LocalTime.parse(span.get(1)));
  }

  /** Whether they are there at that time. */
  public boolean isOpen(Instant at) {
    ZonedDateTime there = at.atZone(ZoneId.of(zone));
    LocalTime time = there.toLocalTime();
    return spans(there.toLocalDate()).stream()
        .anyMatch(
            s ->
                !time.isBefore(LocalTime.parse(s.get(0)))
                    && time.isBefore(LocalTime.parse(s.get(1))));
  }

  /** When they are there next, after that time; empty if never. */
  public Optional<ZonedDateTime> opensAfter(Instant at) {
    ZonedDateTime there = at.atZone(ZoneId.of(zone));
    for (int ahead = 0; ahead < DAYS_AHEAD; ahead++) {
      LocalDate day = there.toLocalDate().plusDays(ahead);
      Optional<ZonedDateTime> opening =
          spans(day).stream()
              .map(s -> day.atTime(LocalTime.parse(s.get(0))).atZone(there.getZone()))
              .filter(o -> o.isAfter(there))
              .min(ZonedDateTime::compareTo);
      if (opening.isPresent()) {
        return opening;
      }
    }
    return Optional.empty();
  }

  private List<List<String>> spans(LocalDate day) {
    return days.getOrDefault(day.getDayOfWeek().name().toLowerCase(Locale.ROOT), List.of());
  }
}
