package dev.confab.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.ai.ReplyFold;
import dev.confab.contracts.ai.ReplyRecord;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import dev.confab.contracts.ai.ReplyRecord.ReplyDelta;
import dev.confab.contracts.ai.ReplyRecord.ReplyFenced;
import dev.confab.contracts.ai.ReplyRecord.ReplyStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Runners that race, hang, come back as zombies and are fenced, all writing into one partition. The
 * story remembers what should count; the fold must find the same.
 */
class ReplyFoldPropertiesTest {
  private static final String CONVERSATION = "c";
  private static final String REPLY = "m";

  /** A runner that writes on, whatever happened to its attempt in the meantime. */
  private static final class Runner {
    final String name;
    final int attempt;
    int written;

    Runner(String name, int attempt, int from) {
      this.name = name;
      this.attempt = attempt;
      this.written = from;
    }
  }

  /** Makes a partition's records and knows what they mean. */
  private static final class Story {
    final List<ReplyRecord> records = new ArrayList<>();
    final StringBuilder expected = new StringBuilder();
    private final Random random;
    private final List<Runner> runners = new ArrayList<>();
    private Runner owner;
    private int attempt = 1;
    private int names;
    boolean over;

    Story(long seed) {
      random = new Random(seed);
    }

    Story tell(int steps) {
      for (int i = 0; i < steps; i++) {
        switch (random.nextInt(12)) {
          case 0 -> start();
          case 1 -> fence();
          case 2 -> complete();
          default -> write();
        }
      }
      return this;
    }

    private void start() {
      // A late start of an old attempt, or a twin of the present one, is as likely as a good one.
      int of = Math.max(1, attempt - random.nextInt(2));
      var runner = new Runner("r" + names++, of, of == attempt ? expected.length() : 0);
      runners.add(runner);
      records.add(new ReplyStarted(CONVERSATION, REPLY, of, runner.name));
      if (!over && owner == null && of == attempt) {
        owner = runner;
      }
    }

    private void write() {
      if (runners.isEmpty()) {
        start();
        return;
      }
      var runner = runners.get(random.nextInt(runners.size()));
      var text = runner.name + (random.nextBoolean() ? "🙂" : "é ");
      records.add(
          new ReplyDelta(CONVERSATION, REPLY, runner.attempt, runner.name, runner.written, text));
      runner.written += text.length();
      if (!over && runner == owner) {
        expected.append(text);
      }
    }

    private void fence() {
      boolean ends = random.nextInt(6) == 0;
      int of = Math.max(1, attempt - random.nextInt(2));
      records.add(new ReplyFenced(CONVERSATION, REPLY, of, ends));
      if (over) {
        return;
      }
      if (ends) {
        over = true;
      } else if (of == attempt) {
        attempt++;
        owner = null;
      }
    }

    private void complete() {
      if (runners.isEmpty()) {
        return;
      }
      var runner = runners.get(random.nextInt(runners.size()));
      records.add(
          new ReplyCompleted(
              CONVERSATION,
              REPLY,
              runner.attempt,
              runner.name,
              runner.written,
              null,
              "model",
              "stop",
              null));
      if (!over && runner == owner) {
        over = true;
      }
    }
  }

  private static ReplyFold fold(List<ReplyRecord> records) {
    var fold = new ReplyFold();
    records.forEach(fold::apply);
    return fold;
  }

  @Property(tries = 2_000)
  void onlyTheOwnersCharactersCount(@ForAll long seed) {
    var story = new Story(seed).tell(60);
    var fold = fold(story.records);
    assertThat(fold.text()).isEqualTo(story.expected.toString());
    assertThat(fold.isOver()).isEqualTo(story.over);
  }

  @Property(tries = 1_000)
  void recordsReadTwiceChangeNothing(@ForAll long seed) {
    var story = new Story(seed).tell(40);
    var twice = new ArrayList<ReplyRecord>();
    for (var next : story.records) {
      twice.add(next);
      if (!(next instanceof ReplyFenced)) {
        twice.add(next);
      }
    }
    assertThat(fold(twice).text()).isEqualTo(fold(story.records).text());
  }

  @Property(tries = 1_000)
  void whatIsToldStepByStepIsTheText(@ForAll long seed) {
    var fold = new ReplyFold();
    var told = new StringBuilder();
    int ends = 0;
    for (var next : new Story(seed).tell(60).records) {
      switch (fold.apply(next)) {
        case ReplyFold.Step.Appended(int offset, String text) -> {
          assertThat(offset).isEqualTo(told.length());
          assertThat(ends).isZero();
          told.append(text);
        }
        case ReplyFold.Step.Completed completed -> {
          assertThat(completed.whole()).isTrue();
          ends++;
        }
        case ReplyFold.Step.Ended ended -> ends++;
        default -> {
          // Changes no text.
        }
      }
    }
    assertThat(told.toString()).isEqualTo(fold.text());
    assertThat(ends).isEqualTo(fold.isOver() ? 1 : 0);
  }
}
