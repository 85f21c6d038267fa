package dev.confab.chat.kafka;

import dev.confab.chat.ChatConfig;
import dev.confab.contracts.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** Makes the topics that this service owns or reads, and looks now and then who answers. */
@ApplicationScoped
public class Broker {
  private static final Logger LOG = Logger.getLogger(Broker.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final List<String> TOPICS =
      List.of(
          Topics.CHAT_COMMANDS,
          Topics.CHAT_EVENTS,
          Topics.AI_REQUESTS,
          Topics.AI_CONTROL,
          Topics.AI_STREAM);

  private final KafkaSettings settings;
  private final short replication;
  private volatile boolean reachable;
  private volatile boolean topicsMade;
  private volatile Thread watcher;

  Broker(KafkaSettings settings, ChatConfig config) {
    this.settings = settings;
    this.replication = config.kafka().replication();
  }

  void start(@Observes StartupEvent ignored) {
    watcher = Thread.ofVirtual().name("broker-watch").start(this::watch);
  }

  void stop(@Observes ShutdownEvent ignored) {
    if (watcher != null) {
      watcher.interrupt();
    }
  }

  /** Whether the broker answered when last asked. */
  public boolean isReachable() {
    return reachable;
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        lookUntilTrouble();
        Thread.sleep(LOOK_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookUntilTrouble() throws InterruptedException {
    try (Admin admin = Admin.create(settings.admin(TIMEOUT))) {
      while (true) {
        note(answers(admin));
        if (reachable && !topicsMade) {
          makeTopics(admin);
        }
        Thread.sleep(LOOK_EVERY);
      }
    } catch (KafkaException e) {
      note(false);
    }
  }

  private boolean answers(Admin admin) throws InterruptedException {
    try {
      return !admin
          .describeCluster()
          .nodes()
          .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
          .isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private void makeTopics(Admin admin) throws InterruptedException {
    // Three days are longer than any outage that is to be survived, and shorter than outcomes last.
    Map<String, String> retention = Map.of(TopicConfig.RETENTION_MS_CONFIG, "259200000");
    boolean all = true;
    var made =
        admin
            .createTopics(
                TOPICS.stream()
                    .map(t -> new NewTopic(t, Topics.PARTITIONS, replication).configs(retention))
                    .toList())
            .values();
    for (var each : made.entrySet()) {
      try {
        each.getValue().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        LOG.infof("event=topic_made topic=%s", each.getKey());
      } catch (ExecutionException | TimeoutException e) {
        all &= e.getCause() instanceof TopicExistsException;
      }
    }
    topicsMade = all;
  }

  private void note(boolean now) {
    if (now != reachable) {
      LOG.infof("event=broker reachable=%s", now);
    }
    reachable = now;
  }
}
