package dev.confab.systemtests.isolation;

import java.util.HashSet;
import java.util.Set;

/** For whom an operation or frame is, where it is not for everybody who is signed in. */
public final class Audience {
  /** What is there for operators, administrators and visitors alone begins so. */
  private static final String DESK = "/api/v1/support/";

  private static final Set<String> OTHER_ROLES =
      Set.of("POST /api/v1/models/sync", "POST /ai-chat/api/models/sync_models/");

  private static final Set<String> VISITORS =
      Set.of(
          "POST /api/v1/support/dialogs",
          "POST /api/v1/support/dialogs/{id}/handoff",
          "POST /api/v1/support/dialogs/{id}/close");

  /** Operations on what was said in one's name, which takes more than to be there. */
  private static final Set<String> STOOD_IN_FOR =
      Set.of("POST /api/v1/conversations/{id}/stand-in/{message_id}/correct");

  private static final Set<String> PUBLIC =
      Set.of(
          "GET /.well-known/jwks.json",
          "GET /api/v1/status",
          "GET /ai-chat/api/health/llm_server/",
          "POST /api/v1/auth/register",
          "POST /api/v1/auth/login",
          "POST /api/v1/auth/refresh",
          "POST /api/v1/auth/guest",
          "POST /api/v1/support/dialogs");

  private static final Set<String> FRAMES_OF_THE_DESK = Set.of("hand_over");

  private Audience() {}

  /** Names of operations that must be there, else this class is out of date. */
  public static Set<String> named() {
    Set<String> all = new HashSet<>(OTHER_ROLES);
    all.addAll(VISITORS);
    all.addAll(STOOD_IN_FOR);
    all.addAll(PUBLIC);
    return all;
  }

  /** Whether it needs no token. */
  public static boolean isPublic(Operation operation) {
    return PUBLIC.contains(operation.name());
  }

  /** Whether it is forbidden to who is a user and nothing more. */
  public static boolean isForOtherRoles(Operation operation) {
    return OTHER_ROLES.contains(operation.name())
        || operation.path().startsWith(DESK) && !VISITORS.contains(operation.name());
  }

  /** Whether a user can do it with what is their own; a visitor's dialog is not. */
  public static boolean isForUsers(Operation operation) {
    return !isForOtherRoles(operation)
        && !VISITORS.contains(operation.name())
        && !STOOD_IN_FOR.contains(operation.name());
  }

  /** Whether only rooms have it. */
  public static boolean isForRooms(Operation operation) {
    return operation.path().matches("/api/v1/conversations/.*/(assistants|invitations)(/.*)?");
  }

  /** The same for a frame. */
  public static boolean isForUsers(ClientFrames.ClientFrame frame) {
    return !FRAMES_OF_THE_DESK.contains(frame.type());
  }

  /** Whether an operation is about one dialog of a support desk, or one conversation. */
  public static boolean isAboutADialog(Operation operation) {
    return operation.slots().stream()
        .anyMatch(slot -> slot.place() == Slot.Place.PATH && slot.kind() == Kind.CONVERSATION);
  }
}
