package dev.confab.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathGuardTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/v1/conversations/0190-abc/messages",
        "/api/v1/conversations/",
        "/confab.js",
        "/.well-known/jwks.json",
        "/api/v1/users/J%C3%BCrgen",
        "/api/v1/x/a%20b",
        "/q/health/ready"
      })
  void plainPathsPass(String path) {
    assertThat(PathGuard.allows(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api",
        "/internal",
        "/internal/",
        "/InTeRnAl/heads",
        "/%49nternal",
        "/internal%20",
        "/internal.json",
        "//x",
        "/a//b",
        "/a/./b",
        "/a/../b",
        "/a/%2e%2e/b",
        "/a%2fb",
        "/a%5Cb",
        "/a\\b",
        "/a;b=c/d",
        "/a%3Bb",
        "/a%00",
        "/a%0d%0ab",
        "/a%2",
        "/a%zz",
        "/a%252e%252e/b"
      })
  void othersDoNot(String path) {
    assertThat(PathGuard.allows(path)).isFalse();
  }

  @Property(tries = 5_000)
  void whatPassesIsReadAlikeByEveryone(@ForAll("spellings") String path) {
    if (PathGuard.allows(path)) {
      String once = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      String resolved = java.nio.file.Path.of(once).normalize().toString();
      assertThat(resolved.toLowerCase(Locale.ROOT)).doesNotStartWith("/internal");
      assertThat(once).doesNotContain("//").doesNotContain("%");
      assertThat(once.split("/")).doesNotContain("..", ".");
    }
  }

  @Test
  void logsShowNoInvitationsToken() {
    assertThat(PathGuard.loggable("/api/v1/invitations/s3cret/accept"))
        .isEqualTo("/api/v1/invitations/***/accept");
    assertThat(PathGuard.loggable("/api/v1/users")).isEqualTo("/api/v1/users");
  }

  @Provide
  Arbitrary<String> spellings() {
    return Arbitraries.of(
            "/",
            "internal",
            "INTERNAL",
            "api",
            "..",
            ".",
            "%2e",
            "%2F",
            "%69",
            "nternal",
            "%25",
            "2e",
            ";",
            "\\",
            "%5c",
            "x")
        .list()
        .ofMaxSize(8)
        .map(parts -> "/" + String.join("", parts));
  }
}
