package dev.confab.chat.support;

import dev.confab.chat.support.HandOverAsked.Party;
import dev.confab.chat.support.Verdict.Moves;
import dev.confab.chat.support.Verdict.Refused;
import dev.confab.chat.support.Verdict.Stays;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.HandOverAction;
import java.util.Set;

/**
 * Who answers in a support conversation; each state says where a wish leads from there. A visitor
 * may ask for a person and end the conversation; what an operator has taken, others only see.
 */
sealed interface OwnerState {
  /** The words of the protocol for the states. */
  String ASSISTANT = "assistant";

  String WAITING = "waiting";
  String OPERATOR = "operator";
  String NONE = "none";

  /** What a visitor may ask for. */
  Set<HandOverAction> VISITORS = Set.of(HandOverAction.REQUEST, HandOverAction.CLOSE);

  /** The protocol's word for it. */
  String owner();

  /** Where the wish leads, given that whoever has it may have it. */
  Verdict lead(HandOverAsked asked);

  /** Where the wish leads. */
  default Verdict asked(HandOverAsked asked) {
    if (asked.by() == Party.VISITOR && !VISITORS.contains(asked.action())) {
      return new Refused(ErrorCode.FORBIDDEN, "Only operators may do this.", null);
    }
    if (asked.action() == HandOverAction.TRANSFER && asked.toUserId() == null) {
      return new Refused(
          ErrorCode.INVALID_VALUE, "Say to whom the conversation shall go.", "user_id");
    }
    return lead(asked);
  }

  /** Who answers, if it is an operator. */
  default String operatorId() {
    return null;
  }

  /** What that operator is called. */
  default String operatorName() {
    return null;
  }

  /** The assistant answers. */
  record Assistant() implements OwnerState {
    @Override
    public String owner() {
      return ASSISTANT;
    }

    @Override
    public Verdict lead(HandOverAsked asked) {
      return switch (asked.action()) {
        case REQUEST -> new Moves(new Waiting(), HandOverReasons.of(asked));
        case CLAIM -> new Moves(Operator.who(asked), HandOverReasons.of(asked));
        case HAND_BACK -> new Stays();
        case CLOSE -> new Moves(new Closed(), HandOverReasons.of(asked));
        case RELEASE, TRANSFER -> Verdict.conflict("The assistant answers in this conversation.");
      };
    }
  }

  /** A person is waited for; nobody answers. */
  record Waiting() implements OwnerState {
    @Override
    public String owner() {
      return WAITING;
    }

    @Override
    public Verdict lead(HandOverAsked asked) {
      return switch (asked.action()) {
        case REQUEST, RELEASE -> new Stays();
        case CLAIM -> new Moves(Operator.who(asked), HandOverReasons.of(asked));
        case CLOSE -> new Moves(new Closed(), HandOverReasons.of(asked));
        case HAND_BACK, TRANSFER ->
            Verdict.conflict("Nobody has taken this conversation yet; claim it first.");
      };
    }
  }

  /** An operator answers. */
  record Operator(String operatorId, String operatorName) implements OwnerState {
    private static final String SOMEBODY = "An operator";

    static Operator who(HandOverAsked asked) {
      return new Operator(asked.userId(), named(asked.userName()));
    }

    static String named(String name) {
      return name == null || name.isBlank() ? SOMEBODY : name;
    }

    @Override
    public String owner() {
      return OPERATOR;
    }

    @Override
    public Verdict lead(HandOverAsked asked) {
      boolean isOwn = asked.isFor(operatorId);
      return switch (asked.action()) {
        case REQUEST -> new Stays();
        // An admin who claims becomes the one who answers, so only their own claim is one already.
        case CLAIM -> operatorId.equals(asked.userId()) ? new Stays() : taken();
        case RELEASE -> isOwn ? new Moves(new Waiting(), HandOverReasons.of(asked)) : taken();
        case HAND_BACK -> isOwn ? new Moves(new Assistant(), HandOverReasons.of(asked)) : taken();
        case TRANSFER -> isOwn ? transfer(asked) : taken();
        case CLOSE ->
            isOwn || asked.by() == Party.VISITOR
                ? new Moves(new Closed(), HandOverReasons.of(asked))
                : taken();
      };
    }

    private Verdict transfer(HandOverAsked asked) {
      return operatorId.equals(asked.toUserId())
          ? new Stays()
          : new Moves(
              new Operator(asked.toUserId(), named(asked.toUserName())), HandOverReasons.of(asked));
    }

    private Verdict taken() {
      return Verdict.conflict(operatorName + " answers in this conversation.");
    }
  }

  /** It is over. */
  record Closed() implements OwnerState {
    @Override
    public String owner() {
      return NONE;
    }

    @Override
    public Verdict lead(HandOverAsked asked) {
      return asked.action() == HandOverAction.CLOSE
          ? new Stays()
          : new Refused(ErrorCode.CONVERSATION_CLOSED, "The conversation is closed.", null);
    }
  }
}
