package dev.confab.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.chat.Changes;
import dev.confab.gateway.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A conversation goes on while its frames are lost, doubled and overtaken on the way, answers come
 * late or never, and clients join, leave and come back in the midst of it. Every client must be
 * shown every change once and in order, and every reply as it was stored.
 */
class SequencerPropertiesTest {
  private static final int PAGE = 3;

  private static final class World implements Sequencer.Source {
    final Random random;
    final SimulatedConversation conversation;
    final Sequencer sequencer;
    final List<SimulatedClient> clients = new ArrayList<>();
    final List<SimulatedClient> joining = new ArrayList<>();
    final List<Changes> pulls = new ArrayList<>();
    final List<Runnable> texts = new ArrayList<>();
    final double loss;
    long now = 1_000;

    World(long seed) {
      random = new Random(seed);
      loss = random.nextInt(4) / 8.0;
      conversation = new SimulatedConversation(random);
      sequencer = new Sequencer("conversation", this, () -> now);
    }

    @Override
    public void pull(long afterSeq, String history) {
      // Answered as of now, delivered later: the answer may be old when it comes in.
      pulls.add(conversation.changes(afterSeq, PAGE));
    }

    @Override
    public void readText(String messageId) {
      var running = conversation.running();
      var pieces =
          running != null && running.messageId().equals(messageId)
              ? new TreeMap<>(conversation.cache)
              : new TreeMap<Integer, String>();
      texts.add(() -> sequencer.cached(messageId, pieces));
    }

    @Override
    public void restart() {
      throw new AssertionError("the history never changed");
    }

    void step() {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> conversation.step();
        case 3, 4, 5, 6 -> deliver();
        case 7 -> answerPull();
        case 8 -> answerText();
        case 9 -> join();
        case 10 -> readPage();
        default -> {
          now += random.nextInt(30);
          sequencer.tick();
          if (random.nextInt(10) == 0) {
            leave();
          }
        }
      }
    }

    private void deliver() {
      if (conversation.onTheWay.isEmpty()) {
        return;
      }
      int reach = Math.min(conversation.onTheWay.size(), 1 + random.nextInt(4));
      var buffer = conversation.onTheWay.remove(random.nextInt(reach));
      if (random.nextDouble() < loss) {
        return;
      }
      take(buffer);
      if (random.nextInt(5) == 0) {
        take(buffer);
      }
    }

    private void take(Buffer buffer) {
      var envelope = Envelope.open(buffer);
      if (envelope.type() == 'c') {
        sequencer.relayed(Envelope.change(envelope));
      } else {
        sequencer.delta(
            envelope.field(1), Integer.parseInt(envelope.field(2)), envelope.body().toString());
      }
    }

    private void answerPull() {
      if (!pulls.isEmpty()) {
        var answer = pulls.remove(random.nextInt(pulls.size()));
        if (random.nextInt(5) > 0) {
          sequencer.pulled(answer);
        }
      }
    }

    private void answerText() {
      if (!texts.isEmpty()) {
        texts.remove(random.nextInt(texts.size())).run();
      }
    }

    private void join() {
      if (clients.size() < 6) {
        long last = conversation.lastSeq();
        var client =
            new SimulatedClient(
                random.nextBoolean() ? null : (long) random.nextInt((int) last + 1));
        clients.add(client);
        joining.add(client);
        sequencer.join(client);
      }
    }

    private void leave() {
      if (!clients.isEmpty()) {
        var client = clients.remove(random.nextInt(clients.size()));
        joining.remove(client);
        sequencer.leave(client);
      }
    }

    private void readPage() {
      if (!joining.isEmpty()) {
        readPage(joining.get(random.nextInt(joining.size())));
      }
    }

    private void readPage(SimulatedClient client) {
      var after = client.page == null ? client.after : Long.valueOf(client.page.upTo());
      var page = conversation.changes(after, PAGE);
      client.shown(page);
      if (page.more()) {
        return;
      }
      // The snapshot is on its way while the conversation goes on.
      if (random.nextBoolean()) {
        conversation.step();
        deliver();
      }
      client.settle();
      if (sequencer.settle(client, page) == Sequencer.Settling.DONE) {
        joining.remove(client);
      }
    }

    /** Nothing is lost any more; what is missing has time to be noticed. */
    void calm() {
      for (int i = 0; i < 400; i++) {
        List.copyOf(joining).forEach(this::readPage);
        now += 500;
        sequencer.tick();
        sequencer.head(conversation.lastSeq(), "history");
        while (!pulls.isEmpty()) {
          sequencer.pulled(pulls.removeFirst());
        }
        while (!texts.isEmpty()) {
          texts.removeFirst().run();
        }
        if (i > 20 && joining.isEmpty() && sequencer.position() == conversation.lastSeq()) {
          return;
        }
      }
    }
  }

  @Property(tries = 2_000)
  void everyClientIsShownTheConversation(@ForAll long seed) {
    var world = new World(seed);
    for (int i = 0; i < 300; i++) {
      world.step();
    }
    if (world.clients.isEmpty()) {
      world.join();
    }
    world.calm();

    assertThat(world.sequencer.position()).isEqualTo(world.conversation.lastSeq());
    for (var client : world.clients) {
      assertThat(client.overrun).isFalse();
      for (var id : client.superseded) {
        var latest = world.conversation.messages.get(id);
        assertThat(latest.editedAt() != null || latest.content() == null).isTrue();
        assertThat(client.messages).containsKey(id);
      }
      if (client.after != null) {
        world.conversation.messages.values().stream()
            .filter(message -> message.changedSeq() > client.after)
            .forEach(
                message ->
                    assertThat(client.messages.get(message.id()))
                        .as("message %s", message.id())
                        .isEqualTo(Json.tree(Json.write(message))));
      }
      var running = world.conversation.running();
      assertThat(client.streamed())
          .isEqualTo(running == null ? null : world.conversation.runningText());
    }
  }
}
