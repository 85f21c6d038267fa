package dev.confab.localstack.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.localstack.suite.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StalenessTest {
  private static final long EARLY = 1_000_000;
  private static final long LATER = 2_000_000;

  @TempDir Path root;

  private Staleness staleness;

  @BeforeEach
  void everythingIsBuilt() throws Exception {
    staleness = new Staleness(new Project(root));
    at("pom.xml", EARLY);
    at("contracts/pom.xml", EARLY);
    at("contracts/src/main/java/A.java", EARLY);
    for (String module : Project.SERVICES) {
      at(module + "/pom.xml", EARLY);
      at(module + "/src/main/java/A.java", EARLY);
      at(module + "/target/quarkus-app/quarkus-run.jar", LATER);
    }
  }

  @Test
  void nothingIsStale() {
    assertThat(staleness.staleServices()).isEmpty();
  }

  @Test
  void aNewerSourceMakesItsServiceStale() throws Exception {
    at("ai-service/src/main/java/B.java", LATER + 1);

    assertThat(staleness.staleServices()).containsExactly("ai-service");
  }

  @Test
  void newerContractsMakeAllStale() throws Exception {
    at("contracts/src/main/java/A.java", LATER + 1);

    assertThat(staleness.staleServices()).isEqualTo(Project.SERVICES);
  }

  @Test
  void aTestMakesNothingStale() throws Exception {
    at("ai-service/src/test/java/B.java", LATER + 1);

    assertThat(staleness.staleServices()).isEmpty();
  }

  @Test
  void whatWasNeverBuiltIsStale() throws Exception {
    Files.delete(root.resolve("auth-service/target/quarkus-app/quarkus-run.jar"));

    assertThat(staleness.staleServices()).containsExactly("auth-service");
  }

  @Test
  void anArtefactThatKeptItsTimeCountsAsBuilt() throws Exception {
    at("ai-service/src/main/java/B.java", LATER + 1);

    staleness.built("ai-service", LATER + 1);

    assertThat(staleness.staleServices()).isEmpty();
  }

  private void at(String path, long millis) throws Exception {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
    Path folder = file.getParent();
    while (!folder.equals(root)) {
      Files.setLastModifiedTime(folder, FileTime.fromMillis(EARLY));
      folder = folder.getParent();
    }
  }
}
