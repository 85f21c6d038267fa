package dev.confab.auth.account;

import static dev.confab.auth.RunningAuth.login;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.auth.RunningAuth;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RunningAuth.Profile.class)
class InitialAccountsIT {
  @Inject InitialAccounts accounts;

  @Test
  void manyReplicasThatStartTogetherMakeOneAccount() throws Exception {
    QuarkusTransaction.requiringNew().run(() -> Account.delete("username", "file.admin"));
    Callable<Boolean> start =
        () -> {
          accounts.start(new StartupEvent());
          return true;
        };

    try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var started : replicas.invokeAll(Collections.nCopies(6, start))) {
        assertThat(started.get()).isTrue();
      }
    }

    login("file.admin", "password of a file").statusCode(200);
  }
}
