package dev.confab.systemtests.suite;

import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.ResumingClient;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.delivery.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One suite with two replicas each of gateway-service, chat-service and ai-service, on ports and in
 * a folder of its own, so that it runs beside a user's. It lives as long as the test run.
 */
public final class Suite implements AutoCloseable {
  private static final Path LOGS = Path.of("target", "suite-logs");

  /** Home of a suite that runs already and shall be used and left running; empty for a new one. */
  private static final String RUNNING_HOME = System.getProperty("system.home", "");

  private final Path home;
  private final Launcher launcher;
  private final Set<String> killed = ConcurrentHashMap.newKeySet();
  private final Staff staff = new Staff();
  private volatile SuiteStatus status;

  private Suite(Path home, Launcher launcher) {
    this.home = home;
    this.launcher = launcher;
  }

  /** Starts the suite and waits until all of it is ready. */
  static Suite start() {
    try {
      Files.createDirectories(LOGS);
      Path home = borrowed() ? Path.of(RUNNING_HOME) : freshHome();
      Launcher launcher =
          new Launcher(
              Launcher.repositoryRoot(),
              home,
              Files.createFile(freshFile(LOGS.resolve("launcher.log"))));
      Suite suite = new Suite(home, launcher);
      try {
        long before = System.nanoTime();
        launcher.up();
        Measurements.duration("suite ready after", Duration.ofNanos(System.nanoTime() - before));
        suite.status = launcher.status();
        return suite;
      } catch (RuntimeException | AssertionError failure) {
        suite.close();
        throw failure;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path freshHome() throws IOException {
    Path home = Files.createTempDirectory("confab-suite-");
    Staff.writeAccounts(home);
    return home;
  }

  private static boolean borrowed() {
    return !RUNNING_HOME.isEmpty();
  }

  private static Path freshFile(Path file) throws IOException {
    Files.deleteIfExists(file);
    return file;
  }

  /** Base URLs of the gateways, first to last. */
  public List<URI> gateways() {
    return parts("gateway").map(SuiteStatus.Part::uri).toList();
  }

  /** Base URL of the first gateway. */
  public URI gatewayA() {
    return gateways().get(0);
  }

  /** Base URL of the second gateway. */
  public URI gatewayB() {
    return gateways().get(1);
  }

  /** Gateways in the order in which a client tries them that begins with this one. */
  public List<URI> gatewaysFrom(int first) {
    return first % 2 == 0 ? gateways() : gateways().reversed();
  }

  /** Base URLs of all services by name. */
  public Map<String, URI> services() {
    return status.services().stream()
        .collect(Collectors.toMap(SuiteStatus.Part::name, SuiteStatus.Part::uri));
  }

  /** Resident memory of each service in MiB, read now. */
  public Map<String, Long> residentMb() {
    return launcher.status().services().stream()
        .collect(Collectors.toMap(SuiteStatus.Part::name, SuiteStatus.Part::residentMb));
  }

  private Stream<SuiteStatus.Part> parts(String service) {
    return status.services().stream()
        .filter(part -> part.name().startsWith(service))
        .sorted(Comparator.comparing(SuiteStatus.Part::name));
  }

  private SuiteStatus.Part part(String name) {
    return Stream.concat(status.services().stream(), status.infrastructure().stream())
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the suite has no " + name));
  }

  /** Process id of a service or a piece of infrastructure, by its name in the status. */
  public long pid(String name) {
    return part(name).pid();
  }

  /** The switches of the demo LLM that is asked first. */
  public DemoLlm demoLlm() {
    return new DemoLlm(part(DemoLlm.NAME).uri());
  }

  /** The switches of the one that stands in for it. */
  public DemoLlm secondDemoLlm() {
    return new DemoLlm(part(DemoLlm.SECOND).uri());
  }

  /** Ends every process of the suite as a power failure does. */
  public void kill9Everything() {
    Stream.concat(status.services().stream(), status.infrastructure().stream())
        .map(SuiteStatus.Part::name)
        .forEach(this::kill9);
  }

  /** Ends a process as a crash does; returns when it is gone. */
  public void kill9(String name) {
    long pid = pid(name);
    killed.add(name);
    try {
      new ProcessBuilder("kill", "-9", Long.toString(pid)).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Awaitility.await(name + " is gone")
        .atMost(5, TimeUnit.SECONDS)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !runs(pid));
  }

  /** A dead child that nobody has reaped yet counts as gone. */
  private static boolean runs(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException gone) {
      return !Files.isDirectory(Path.of("/proc"))
          && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
  }

  /** Starts again what has died; returns when all is ready. */
  public void revive() {
    launcher.up();
    status = launcher.status();
    killed.clear();
  }

  /** Has the LLM providers asked for their models. */
  public void syncModels() {
    launcher.syncModels();
  }

  /** Registers somebody new. */
  public Person newPerson() {
    return rest().register("u" + UUID.randomUUID().toString().replace("-", "").substring(0, 12));
  }

  /** Signs the suite's operator in. */
  public Person operator() {
    return signIn("operator");
  }

  /** Signs the suite's administrator in. */
  public Person admin() {
    return signIn("admin");
  }

  private Person signIn(String role) {
    SuiteStatus.Account account =
        status.accounts().stream()
            .filter(known -> known.roles().contains(role))
            .findFirst()
            .orElseThrow();
    return rest().login(Staff.person(account));
  }

  /** So many operators, signed in; the same ones each time. */
  public List<Person> operators(int count) {
    return staff.operators(count, status, rest());
  }

  /** REST through the first gateway that was not killed. */
  public Rest rest() {
    return new Rest(
        parts("gateway")
            .filter(part -> !killed.contains(part.name()))
            .map(SuiteStatus.Part::uri)
            .findFirst()
            .orElseThrow());
  }

  /** Connects somebody to a gateway. */
  public V1Client connect(URI gateway, Person person) {
    return V1Client.connect(gateway, person);
  }

  /** Connects somebody by a client that survives its connection. */
  public ResumingClient stay(Person person, int firstGateway) {
    return new ResumingClient(gatewaysFrom(firstGateway), person);
  }

  /** Reads a conversation whole. */
  public History history(Person person, String conversationId) {
    return rest().history(person, conversationId);
  }

  @Override
  public void close() {
    if (borrowed()) {
      return;
    }
    try {
      launcher.down();
    } finally {
      keepLogs();
    }
  }

  private void keepLogs() {
    Path logs = home.resolve("logs");
    if (!Files.isDirectory(logs)) {
      return;
    }
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, LOGS.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    deleteHome();
  }

  private void deleteHome() {
    try (Stream<Path> all = Files.walk(home)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      System.err.println("left behind: " + home);
    }
  }
}
