package dev.confab.chat.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfficeHoursTest {
  private static OfficeHours berlin(String weekly) {
    return OfficeHoursJson.of(
        json("{'time_zone':'Europe/Berlin','weekly':[%s]}".formatted(weekly)));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String on(String day, String from, String to) {
    return "{'day':'%s','from':'%s','to':'%s'}".formatted(day, from, to);
  }

  @ParameterizedTest
  @CsvSource({
    // Wednesday, winter time (UTC+1)
    "2026-01-14T07:59:59Z,false",
    "2026-01-14T08:00:00Z,true",
    "2026-01-14T15:59:59Z,true",
    "2026-01-14T16:00:00Z,false",
    // Thursday
    "2026-01-15T09:00:00Z,false",
    // Wednesday, summer time (UTC+2)
    "2026-07-15T06:59:59Z,false",
    "2026-07-15T07:00:00Z,true",
  })
  void theClockOnTheWallDecides(Instant at, boolean open) {
    assertThat(berlin(on("wednesday", "09:00", "17:00")).isOpen(at)).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-14T08:00:00Z,2026-01-14T08:00:00Z",
    "2026-01-14T03:00:00Z,2026-01-14T08:00:00Z",
    "2026-01-14T16:00:00Z,2026-01-21T08:00:00Z",
    // Over the change to summer time.
    "2026-03-26T09:00:00Z,2026-04-01T07:00:00Z",
    // Over the change to winter time.
    "2026-10-22T09:00:00Z,2026-10-28T08:00:00Z",
  })
  void itOpensNextByThatClock(Instant from, Instant opens) {
    assertThat(berlin(on("wednesday", "09:00", "17:00")).nextOpening(from)).contains(opens);
  }

  @Test
  void aBeginningThatTheClockSkipsIsTheJump() {
    OfficeHours hours = berlin(on("sunday", "02:30", "05:00"));

    assertThat(hours.nextOpening(Instant.parse("2026-03-28T12:00:00Z")))
        .contains(Instant.parse("2026-03-29T01:00:00Z"));
    assertThat(hours.isOpen(Instant.parse("2026-03-29T01:00:00Z"))).isTrue();
  }

  @Test
  void anHourThatTheClockSkipsIsNone() {
    assertThat(
            berlin(on("sunday", "02:15", "02:45"))
                .nextOpening(Instant.parse("2026-03-28T12:00:00Z")))
        .contains(Instant.parse("2026-04-05T00:15:00Z"));
  }

  @Test
  void anHourThatTheClockShowsTwiceIsOpenTwice() {
    OfficeHours hours = berlin(on("sunday", "02:15", "02:45"));

    assertThat(hours.nextOpening(Instant.parse("2026-10-24T12:00:00Z")))
        .contains(Instant.parse("2026-10-25T00:15:00Z"));
    assertThat(hours.nextOpening(Instant.parse("2026-10-25T00:45:00Z")))
        .contains(Instant.parse("2026-10-25T01:15:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-16T20:59:00Z,false",
    "2026-01-16T21:00:00Z,true",
    "2026-01-16T23:30:00Z,true",
    "2026-01-17T04:59:00Z,true",
    "2026-01-17T05:00:00Z,false",
    "2026-01-17T21:00:00Z,false",
  })
  void aNightBelongsToTheEveningItBegins(Instant at, boolean open) {
    assertThat(berlin(on("friday", "22:00", "06:00")).isOpen(at)).isEqualTo(open);
  }

  @Test
  void aWholeDayEndsAtMidnight() {
    OfficeHours hours = berlin(on("friday", "00:00", "24:00"));

    assertThat(hours.isOpen(Instant.parse("2026-01-16T22:59:59Z"))).isTrue();
    assertThat(hours.isOpen(Instant.parse("2026-01-16T23:00:00Z"))).isFalse();
  }

  @Test
  void whoHasNoHoursNeverOpens() {
    assertThat(berlin("").nextOpening(Instant.parse("2026-01-14T08:00:00Z")))
        .isEqualTo(Optional.empty());
  }

  @Test
  void theyAreWrittenAsTheyWereRead() {
    JsonNode asked =
        json(
            "{'time_zone':'Europe/Berlin','weekly':[%s,%s]}"
                .formatted(on("monday", "09:00", "12:30"), on("friday", "22:00", "06:00")));

    assertThat(OfficeHoursJson.write(OfficeHoursJson.of(asked))).isEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'time_zone':'Nowhere/Land','weekly':[]}",
        "{'time_zone':'Europe/Berlin','weekly':[{'day':'someday','from':'09:00','to':'10:00'}]}",
        "{'time_zone':'Europe/Berlin','weekly':[{'day':'monday','from':'9','to':'10:00'}]}",
        "{'time_zone':'Europe/Berlin','weekly':[{'day':'monday','from':'24:00','to':'10:00'}]}",
        "{'time_zone':'Europe/Berlin','weekly':[{'day':'monday','from':'09:00','to':'24:01'}]}",
      })
  void whatIsNoTimeIsRefused(String asked) {
    assertThatThrownBy(() -> OfficeHoursJson.of(json(asked))).isInstanceOf(ProblemException.class);
  }
}
