package dev.confab.chat.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class OfficeHoursTest {
  private static final String WEEK =
      """
      {"zone":"Europe/Berlin","days":{"monday":[["09:00","12:00"],["13:00","17:00"]],
       "friday":[["09:00","12:00"]]}}
      """;

  private final OfficeHours hours = OfficeHours.read(WEEK).orElseThrow();

  @Test
  void aSpanHoldsItsBeginningAndNotItsEnd() {
    assertThat(hours.isOpen(Instant.parse("2026-11-23T08:00:00Z"))).isTrue();
    assertThat(hours.isOpen(Instant.parse("2026-11-23T10:59:59Z"))).isTrue();
    assertThat(hours.isOpen(Instant.parse("2026-11-23T11:00:00Z"))).isFalse();
    assertThat(hours.isOpen(Instant.parse("2026-11-24T09:00:00Z"))).isFalse();
  }

  @Test
  void theNextOpeningIsFoundOverTheWeekend() {
    assertThat(hours.opensAfter(Instant.parse("2026-11-23T11:30:00Z")))
        .contains(ZonedDateTime.parse("2026-11-23T13:00+01:00[Europe/Berlin]"));
    assertThat(hours.opensAfter(Instant.parse("2026-11-27T20:00:00Z")))
        .contains(ZonedDateTime.parse("2026-11-30T09:00+01:00[Europe/Berlin]"));
  }

  @Test
  void whatMakesNoSenseIsNoHours() {
    assertThat(OfficeHours.read(null)).isEmpty();
    assertThat(OfficeHours.read("[]")).isEmpty();
    assertThat(OfficeHours.read("{\"zone\":\"Moon/Base\",\"days\":{}}")).isEmpty();
    assertThat(OfficeHours.read("{\"zone\":\"UTC\",\"days\":{\"someday\":[]}}")).isEmpty();
    assertThat(OfficeHours.read("{\"zone\":\"UTC\",\"days\":{\"monday\":[[\"17:00\",\"09:00\"]]}}"))
        .isEmpty();
    assertThat(
            OfficeHours.read("{\"zone\":\"UTC\",\"days\":{}}")
                .orElseThrow()
                .opensAfter(Instant.EPOCH))
        .isEmpty();
  }
}
