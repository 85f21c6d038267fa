package dev.confab.chat.support;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a site is staffed: intervals of the week by the clock on the wall, in whichever way that
 * clock is put forward or back.
 *
 * @param weekly none means never
 */
public record OfficeHours(ZoneId zone, List<Interval> weekly) {
  /** Minutes of a day; an interval that ends at midnight ends here. */
  public static final int DAY_MINUTES = 24 * 60;

  private static final int HOUR_MINUTES = 60;

  /**
   * In one week the clock may skip what another week has; the last day is today's weekday again.
   */
  private static final int LOOKED_AHEAD_DAYS = 15;

  /**
   * A part of the week.
   *
   * @param day on which it begins
   * @param from minute of the day at which it begins
   * @param to minute of the day before which it ends; not after {@code from} means on the next day
   */
  public record Interval(DayOfWeek day, int from, int to) {
    private boolean isOvernight() {
      return to <= from;
    }

    private boolean contains(DayOfWeek today, int minute) {
      if (day == today) {
        return minute >= from && (isOvernight() || minute < to);
      }
      return isOvernight() && day.plus(1) == today && minute < to;
    }

    private LocalDateTime beginningOn(LocalDate date) {
      return date.atTime(from / HOUR_MINUTES, from % HOUR_MINUTES);
    }
  }

  /** Whether it is staffed at that moment. */
  public boolean isOpen(Instant at) {
    ZonedDateTime local = at.atZone(zone);
    int minute = local.getHour() * HOUR_MINUTES + local.getMinute();
    return weekly.stream().anyMatch(each -> each.contains(local.getDayOfWeek(), minute));
  }

  /** The first moment, not before the given one, at which it is staffed; empty if it never is. */
  public Optional<Instant> nextOpening(Instant from) {
    if (isOpen(from)) {
      return Optional.of(from);
    }
    LocalDate today = from.atZone(zone).toLocalDate();
    return Stream.iterate(0, day -> day + 1)
        .limit(LOOKED_AHEAD_DAYS)
        .map(today::plusDays)
        .flatMap(this::beginnings)
        .filter(begin -> begin.isAfter(from) && isOpen(begin))
        .min(Instant::compareTo);
  }

  private Stream<Instant> beginnings(LocalDate date) {
    return weekly.stream()
        .filter(each -> each.day() == date.getDayOfWeek())
        .flatMap(each -> moments(each.beginningOn(date)));
  }

  /** One moment; two where the clock shows the time twice; the jump where it never shows it. */
  private Stream<Instant> moments(LocalDateTime local) {
    var rules = zone.getRules();
    var offsets = rules.getValidOffsets(local);
    return offsets.isEmpty()
        ? Stream.of(rules.getTransition(local).getInstant())
        : offsets.stream().map(local::toInstant);
  }
}
