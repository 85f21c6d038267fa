package dev.confab.chat.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  @ParameterizedTest
  @CsvSource({
    "https://example.org,https://example.org,true",
    "https://example.org,https://EXAMPLE.org,true",
    "https://example.org,https://example.org:443,true",
    "https://example.org,http://example.org,false",
    "https://example.org,https://example.org:8443,false",
    "https://example.org,https://example.org.evil.test,false",
    "https://example.org,https://evilexample.org,false",
    "https://example.org,null,false",
    "https://example.org,*,false",
    "https://*.example.org,https://shop.example.org,true",
    "https://*.example.org,https://a.b.example.org,true",
    "https://*.example.org,https://example.org,false",
    "https://*.example.org,https://evilexample.org,false",
    "https://*.example.org,https://.example.org,false",
    "https://*.example.org,http://shop.example.org,false",
    "https://*.example.org,https://shop.example.org:8443,false",
    "https://*.example.org,https://evil.test/.example.org,false",
    "https://*.example.org,https://evil.test#.example.org,false",
    "http://localhost:*,http://localhost,true",
    "http://localhost:*,http://localhost:5173,true",
    "http://localhost:*,http://localhost.evil.test:5173,false",
    "http://localhost:*,https://localhost:5173,false",
    "http://[::1]:*,http://[::1]:5173,true",
    "https://*.example.org:*,https://shop.example.org:8443,true",
    "*,https://anywhere.test,true",
    "*,null,true",
  })
  void whatIsAllowedIsLetIn(String allowed, String origin, boolean expected) {
    assertThat(new Origins(List.of(Origins.canonical(allowed).orElseThrow())).allow(origin))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "' https://Example.org/ ',https://example.org",
    "https://example.org:443,https://example.org",
    "http://example.org:80,http://example.org",
    "http://example.org:8080,http://example.org:8080",
  })
  void whatIsWrittenIsKeptAsBrowsersSayIt(String written, String kept) {
    assertThat(Origins.canonical(written)).contains(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/path",
        "null",
        "https://a.*.org",
        "https://*",
        "https://*.",
        "javascript:alert(1)",
        "https://a b.org",
      })
  void whatIsNoOriginIsRefused(String written) {
    assertThat(Origins.canonical(written)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.org", "http://localhost"})
  void noBrowserIsLetInAndWhereNothingIsAllowedNoOtherIs(String origin) {
    assertThat(new Origins(List.of()).allow(null)).isTrue();
    assertThat(new Origins(List.of()).allow(origin)).isFalse();
  }
}
