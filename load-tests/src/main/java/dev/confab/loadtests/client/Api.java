package dev.confab.loadtests.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** The public REST interface, spread over the gateways. Blocks; made for virtual threads. */
public final class Api {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int AT_ONCE = 16;
  private static final int NOT_FOUND = 404;

  /** Where words are searched for. */
  public static final String SEARCH = "/api/v1/search?q=";

  private final List<String> gateways;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final AtomicInteger turn = new AtomicInteger();

  public Api(List<String> gateways) {
    this.gateways = gateways;
  }

  /** Lets somebody in. */
  public Guest guest(int number) {
    return signedIn(post("/api/v1/auth/guest", null, Map.of("name", "Load " + number)));
  }

  /**
   * Makes a conversation.
   *
   * @return its id
   */
  public String conversation(Guest owner, Map<String, Object> wanted) {
    JsonNode answer = post("/api/v1/conversations", owner, wanted);
    JsonNode conversation = answer.has("conversation") ? answer.path("conversation") : answer;
    return conversation.path("id").asText();
  }

  /** Reads one page of messages; returns how many it holds. */
  public int messages(Guest reader, String conversation, String query) {
    HttpRequest request =
        to("/api/v1/conversations/" + conversation + "/messages?" + query, reader).GET().build();
    return send(request).path("items").size();
  }

  /** Makes an account; the password must be good enough for the suite. */
  public Guest register(String username, String password) {
    Map<String, String> wanted =
        Map.of("username", username, "email", username + "@load.example", "password", password);
    return signedIn(post("/api/v1/auth/register", null, wanted));
  }

  /** Signs in; empty if there is no such account (any more). */
  public Optional<Guest> login(String username, String password) {
    try {
      Map<String, String> wanted = Map.of("username", username, "password", password);
      return Optional.of(signedIn(post("/api/v1/auth/login", null, wanted)));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  /** Whether a path answers this person with success; false where it is not found. */
  public boolean has(Guest reader, String path) {
    try {
      send(to(path, reader).GET().build());
      return true;
    } catch (RefusedException e) {
      if (e.status() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** Searches for words which need no escaping; returns how many hits the first page holds. */
  public int search(Guest reader, String words) {
    return send(to(SEARCH + words, reader).GET().build()).path("items").size();
  }

  private static Guest signedIn(JsonNode answer) {
    return new Guest(answer.path("user").path("id").asText(), answer.path("access_token").asText());
  }

  private JsonNode post(String path, Guest who, Object body) {
    try {
      return send(
          to(path, who)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
              .build());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder to(String path, Guest who) {
    String gateway = gateways.get(Math.floorMod(turn.getAndIncrement(), gateways.size()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway + path)).timeout(TIMEOUT);
    return who == null ? request : request.header("Authorization", "Bearer " + who.token());
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw new RefusedException(request, response.statusCode());
      }
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(request.method() + ' ' + request.uri().getPath(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Does something for each number below a count, some at once, and keeps the order. */
  public <T> List<T> each(int count, IntFunction<T> make) {
    Semaphore room = new Semaphore(AT_ONCE);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        futures.add(executor.submit(() -> within(room, () -> make.apply(number))));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static <T> T within(Semaphore room, java.util.function.Supplier<T> step)
      throws InterruptedException {
    room.acquire();
    try {
      return step.get();
    } finally {
      room.release();
    }
  }
}
