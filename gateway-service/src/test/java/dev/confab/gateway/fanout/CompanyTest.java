package dev.confab.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.chat.Participant;
import dev.confab.contracts.presence.PresenceChanged;
import dev.confab.gateway.json.Json;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is told who comes and goes. */
class CompanyTest {
  private static final class Ear implements Subscriber {
    private final String user;
    private final List<String> heard = new ArrayList<>();

    private Ear(String user) {
      this.user = user;
    }

    @Override
    public String userId() {
      return user;
    }

    @Override
    public String connectionId() {
      return user;
    }

    @Override
    public void send(Frame frame) {
      var json = Json.tree(frame.json());
      if ("presence".equals(json.path("type").asText())) {
        var data = json.path("data");
        heard.add(data.path("user_id").asText() + " " + data.path("status").asText());
      }
    }

    @Override
    public boolean isDrained() {
      return true;
    }

    @Override
    public void close(int code, String reason) {}
  }

  private static final class Nowhere implements Sequencer.Source {
    @Override
    public void pull(long afterSeq, String history) {}

    @Override
    public void readText(String messageId) {}

    @Override
    public void restart() {}
  }

  private static final class Open implements Room.Door {
    @Override
    public void shut(Room.Member member) {}

    @Override
    public void doubt(Room.Member member) {}
  }

  private static final PresenceChanged BOB_CAME = new PresenceChanged("bob", "online", 1);

  private final Company company = new Company();
  private final Ear ada = new Ear("ada");
  private final Ear bob = new Ear("bob");

  private Room room(String id, Subscriber... there) {
    var sequencer = new Sequencer(id, new Nowhere(), () -> 0);
    var room = new Room(id, sequencer, Future.succeededFuture(), new Open(), company::gather);
    Stream.of(there).forEach(room::join);
    return room;
  }

  private static List<Participant> people(String... users) {
    return Stream.of(users).map(user -> new Participant(user, user, "member", null)).toList();
  }

  @Test
  void whoeverLooksAtAConversationWithThemIsToldOnce() {
    company.gather(room("one", ada, bob), people("ada", "bob"));
    company.gather(room("two", ada), people("ada", "bob", "cyd"));
    company.heard(BOB_CAME);
    company.heard(new PresenceChanged("eve", "online", 1));
    assertThat(ada.heard).containsExactly("bob online");
    assertThat(bob.heard).isEmpty();
  }

  @Test
  void whoTakesNoPartAnyMoreIsNotSpokenOf() {
    var room = room("one", ada);
    company.gather(room, people("ada", "bob"));
    company.gather(room, people("ada", "cyd"));
    company.heard(BOB_CAME);
    assertThat(ada.heard).isEmpty();
    company.gather(room, people("ada", "bob"));
    company.part(room);
    company.heard(BOB_CAME);
    assertThat(ada.heard).isEmpty();
  }

  @Test
  void conversationsTooBigToListTellNobody() {
    var room = room("one", ada);
    company.gather(room, people("ada", "bob"));
    company.gather(room, null);
    company.heard(BOB_CAME);
    assertThat(ada.heard).isEmpty();
  }

  @Test
  void whoJoinsHearsHowTheOthersAre() {
    company.attendance(
        users ->
            Future.succeededFuture(
                users.stream().map(u -> new PresenceChanged(u, "offline", 0)).toList()));
    var room = room("one", ada);
    var users = IntStream.range(0, 3).mapToObj(i -> "user" + i);
    company.gather(room, people(Stream.concat(Stream.of("ada"), users).toArray(String[]::new)));
    company.introduce(ada, room);
    assertThat(ada.heard)
        .containsExactlyInAnyOrder("user0 offline", "user1 offline", "user2 offline");
  }
}
