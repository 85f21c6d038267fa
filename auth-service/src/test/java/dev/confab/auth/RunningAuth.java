package dev.confab.auth;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;

/** What the tests against a running service share. */
public final class RunningAuth {
  public static final String AUTH = "/api/v1/auth/";
  public static final String PASSWORD = "correct horse";

  private RunningAuth() {}

  /** Two service clients and an accounts file; all such tests share one start. */
  public static final class Profile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "confab.auth.service-clients",
          "gateway=gateway-secret,chat=with+plus",
          "confab.auth.accounts-file",
          accountsFile());
    }

    private static String accountsFile() {
      try {
        var file = Files.createTempFile("accounts", ".json");
        Files.writeString(
            file,
            """
            [{"username": "File.Admin", "email": "file.admin@example.org",
              "password": "password of a file", "roles": ["admin"]}]""");
        file.toFile().deleteOnExit();
        return file.toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A username nobody has yet. */
  public static String newName() {
    return "t" + UUID.randomUUID().toString().substring(0, 13);
  }

  public static RequestSpecification json(Object body) {
    return given().contentType(ContentType.JSON).body(body);
  }

  public static RequestSpecification as(String accessToken) {
    return given().auth().oauth2(accessToken);
  }

  public static ValidatableResponse register(String username) {
    return json(Map.of(
            "username", username,
            "email", username + "@example.org",
            "password", PASSWORD))
        .post(AUTH + "register")
        .then();
  }

  public static ValidatableResponse login(String username, String password) {
    return json(Map.of("username", username, "password", password)).post(AUTH + "login").then();
  }

  public static ValidatableResponse refresh(String refreshToken) {
    return json(Map.of("refresh_token", refreshToken)).post(AUTH + "refresh").then();
  }

  public static String accessToken(ValidatableResponse signedIn) {
    return signedIn.extract().path("access_token");
  }

  public static String refreshToken(ValidatableResponse signedIn) {
    return signedIn.extract().path("refresh_token");
  }
}
