package dev.confab.gateway.fanout;

import dev.confab.contracts.chat.Participant;
import dev.confab.contracts.presence.PresenceChanged;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is together with whom in this replica's conversations, and so is told who comes and goes.
 * Conversations of one person, and those too big to list, tell nobody. Lives on the fan-out's
 * context.
 */
final class Company {
  private final Map<String, Set<Room>> roomsOf = new HashMap<>();
  private final Map<Room, Set<String>> usersIn = new HashMap<>();
  private Attendance attendance;

  void attendance(Attendance source) {
    attendance = source;
  }

  /** Who takes part in a conversation from now on; null if too many do. */
  void gather(Room room, List<Participant> participants) {
    Set<String> users = users(participants);
    if (users.equals(usersIn.getOrDefault(room, Set.of()))) {
      return;
    }
    part(room);
    if (!users.isEmpty()) {
      usersIn.put(room, users);
      users.forEach(user -> roomsOf.computeIfAbsent(user, id -> new HashSet<>(2)).add(room));
    }
  }

  private static Set<String> users(List<Participant> participants) {
    return participants == null || participants.size() < 2
        ? Set.of()
        : participants.stream().map(Participant::userId).collect(Collectors.toSet());
  }

  /** A conversation is looked at by nobody here any more. */
  void part(Room room) {
    for (String user : usersIn.getOrDefault(room, Set.of())) {
      Set<Room> rooms = roomsOf.get(user);
      rooms.remove(room);
      if (rooms.isEmpty()) {
        roomsOf.remove(user);
      }
    }
    usersIn.remove(room);
  }

  /** Somebody came or is gone: whoever looks at a conversation with them is told, once. */
  void heard(PresenceChanged change) {
    Set<Room> rooms = roomsOf.getOrDefault(change.userId(), Set.of());
    if (rooms.isEmpty()) {
      return;
    }
    Frame.Signal frame = V1Frames.presence(change);
    Set<Subscriber> told = new HashSet<>();
    for (Room room : rooms) {
      for (Subscriber subscriber : room.subscribers()) {
        if (!change.userId().equals(subscriber.userId()) && told.add(subscriber)) {
          subscriber.send(frame);
        }
      }
    }
  }

  /** A connection joined a conversation: it hears how the others there are. */
  void introduce(Subscriber subscriber, Room room) {
    Set<String> others = new HashSet<>(usersIn.getOrDefault(room, Set.of()));
    others.remove(subscriber.userId());
    if (!others.isEmpty() && attendance != null) {
      attendance
          .of(others)
          .onSuccess(states -> states.forEach(each -> subscriber.send(V1Frames.presence(each))));
    }
  }
}
