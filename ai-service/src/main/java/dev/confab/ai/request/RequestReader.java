package dev.confab.ai.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.ai.AiConfig;
import dev.confab.ai.control.Cancellations;
import dev.confab.ai.control.ControlReader;
import dev.confab.ai.kafka.KafkaSettings;
import dev.confab.ai.reply.Replies;
import dev.confab.ai.request.Admission.Request;
import dev.confab.ai.runner.Runner;
import dev.confab.contracts.Topics;
import dev.confab.contracts.ai.CompletionRequested;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads {@code ai.requests} as a member of the group {@code ai-requests}. The thread never waits
 * for a reply; while no slot is free it pauses its partitions, and holds at most what one poll
 * brought.
 */
@ApplicationScoped
public class RequestReader implements ConsumerRebalanceListener {
  private static final Logger LOG = Logger.getLogger(RequestReader.class);
  private static final String GROUP = "ai-requests";
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration BUSY_POLL = Duration.ofMillis(10);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int MAX_POLL = 100;

  private final KafkaSettings settings;
  private final ObjectMapper json;
  private final ControlReader control;
  private final Slots slots;
  private final SeenAttempts seen;
  private final Admission admission;
  private final Queue<Request> again = new ConcurrentLinkedQueue<>();
  private volatile boolean stopping;
  private volatile boolean joined;
  private volatile Thread thread;
  // The reader's thread alone, from here on.
  private final Map<TopicPartition, OffsetTracker> trackers = new HashMap<>();
  private final Deque<Request> held = new ArrayDeque<>();
  private KafkaConsumer<byte[], byte[]> consumer;
  private boolean paused;

  RequestReader(
      KafkaSettings settings,
      ObjectMapper json,
      ControlReader control,
      Cancellations cancellations,
      Replies replies,
      Runner runner,
      AiConfig config) {
    this.settings = settings;
    this.json = json;
    this.control = control;
    this.slots = new Slots(config.requests().maxRunning());
    this.seen = new SeenAttempts(config.requests().remembered());
    this.admission = new Admission(runner, replies, cancellations, slots, again::add);
  }

  void start(@Observes StartupEvent ignored) {
    thread = Thread.ofPlatform().name("ai-requests").daemon().start(this::run);
  }

  private void run() {
    while (!stopping) {
      try {
        control.awaitPositioned();
        read();
      } catch (WakeupException e) {
        LOG.debug("event=request_reader_woken");
      } catch (RuntimeException e) {
        LOG.warnf(e, "event=request_reader_failed error=%s", e.getClass().getSimpleName());
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void read() {
    Map<String, Object> properties = settings.groupConsumer(GROUP);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL);
    trackers.clear();
    held.clear();
    paused = false;
    try (KafkaConsumer<byte[], byte[]> fresh = new KafkaConsumer<>(properties)) {
      consumer = fresh;
      fresh.subscribe(List.of(Topics.AI_REQUESTS), this);
      while (!stopping) {
        fresh.poll(held.isEmpty() ? POLL : BUSY_POLL).forEach(this::take);
        joined = true;
        admitAll();
        commit();
      }
      commitNow(trackers.keySet());
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    OffsetTracker tracker =
        trackers.computeIfAbsent(
            new TopicPartition(record.topic(), record.partition()), key -> new OffsetTracker());
    tracker.opened(record.offset());
    try {
      CompletionRequested request = json.readValue(record.value(), CompletionRequested.class);
      if (request.conversationId() == null || request.messageId() == null) {
        throw new IOException("no id");
      }
      held.add(new Request(request, tracker, record.offset()));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warnf("event=failed_message topic=ai.requests error=%s", e.getClass().getSimpleName());
      tracker.settled(record.offset());
    }
  }

  private void admitAll() {
    for (Request retry = again.poll(); retry != null; retry = again.poll()) {
      admission.admit(retry);
    }
    while (!held.isEmpty() && !slots.isFull()) {
      Request request = held.poll();
      CompletionRequested content = request.content();
      if (seen.isNew(content.messageId(), content.attempt())) {
        admission.admit(request);
      } else {
        request.settle();
      }
    }
    pauseOrResume();
  }

  private void pauseOrResume() {
    boolean full = !held.isEmpty();
    if (full) {
      // Partitions assigned meanwhile are not paused yet.
      consumer.pause(consumer.assignment());
    } else if (paused) {
      consumer.resume(consumer.paused());
    }
    if (full != paused) {
      LOG.infof("event=requests_paused paused=%s", full);
    }
    paused = full;
  }

  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> positions = positions(trackers.keySet());
    if (!positions.isEmpty()) {
      consumer.commitAsync(positions, this::committed);
    }
  }

  private void committed(Map<TopicPartition, OffsetAndMetadata> positions, Exception failure) {
    if (failure != null) {
      positions.keySet().stream()
          .map(trackers::get)
          .filter(Objects::nonNull)
          .forEach(OffsetTracker::commitFailed);
    }
  }

  private void commitNow(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> positions = positions(partitions);
    if (!positions.isEmpty()) {
      consumer.commitSync(positions, RETRY);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> positions(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetTracker tracker = trackers.get(partition);
      long position = tracker == null ? -1 : tracker.advance();
      if (position >= 0) {
        positions.put(partition, new OffsetAndMetadata(position));
      }
    }
    return positions;
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    try {
      commitNow(partitions);
    } catch (KafkaException e) {
      // The new reader gets them again and finds them claimed.
      LOG.infof("event=commit_failed error=%s", e.getClass().getSimpleName());
    }
    onPartitionsLost(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      OffsetTracker tracker = trackers.remove(partition);
      held.removeIf(request -> request.partition() == tracker);
      again.removeIf(request -> request.partition() == tracker && forget(request));
    }
  }

  private boolean forget(Request request) {
    seen.forget(request.content().messageId());
    return true;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    LOG.infof("event=requests_assigned partitions=%d", partitions.size());
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the thread that reads is there. */
  public boolean isAlive() {
    Thread running = thread;
    return running != null && running.isAlive();
  }

  /** Whether the broker answered a first time. */
  public boolean hasJoined() {
    return joined;
  }

  /** Leaves the group; bounded. */
  public void stop() {
    stopping = true;
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      running.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
