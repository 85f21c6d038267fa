package dev.confab.chat.reply;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.chat.support.HandOverAsked;

/**
 * What asked for a reply's end, kept until the fence was read back and it can be done and answered.
 *
 * @param commandId the command to be answered, or null
 * @param gateway where that command came in, or null
 * @param connection where that command came in, or null
 * @param handOver what is to be decided then about who answers, else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FenceRequest(
    Purpose purpose, String commandId, String gateway, String connection, HandOverAsked handOver) {
  /** A request that leaves open who answers. */
  public FenceRequest(Purpose purpose, String commandId, String gateway, String connection) {
    this(purpose, commandId, gateway, connection, null);
  }

  /** Why a reply is to end. */
  public enum Purpose {
    /** Somebody has heard enough. */
    STOP,
    /** The reply itself is deleted. */
    DELETE_MESSAGE,
    /** Its conversation is closed. */
    CLOSE_CONVERSATION,
    /** The member in whose name it is written is back, or wants no stand-in any more. */
    MEMBER_IS_BACK,
    /** Somebody else shall answer. */
    HAND_OVER,
    /** Its time is over; whatever a later version asked for ends it too. */
    @JsonEnumDefaultValue
    TIME_OUT
  }
}
