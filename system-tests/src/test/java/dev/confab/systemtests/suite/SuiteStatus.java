package dev.confab.systemtests.suite;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;

/** What {@code confab status --json} says. */
@JsonIgnoreProperties(ignoreUnknown = true)
record SuiteStatus(List<Part> services, List<Part> infrastructure, List<Account> accounts) {
  /**
   * A process of the suite.
   *
   * @param residentMb resident memory in MiB
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Part(
      String name,
      String url,
      long pid,
      int port,
      boolean ready,
      @JsonProperty("resident_mb") long residentMb) {
    URI uri() {
      return URI.create(url);
    }
  }

  /** An account made at the first start; prints no secret. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Account(String username, String password, List<String> roles) {
    @Override
    public String toString() {
      return username + roles;
    }
  }
}
