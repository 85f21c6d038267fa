package dev.confab.chat.reply;

/**
 * What asked for a reply's end, kept until the fence was read back and it can be done and answered.
 *
 * @param commandId the command to be answered, or null
 * @param gateway where that command came in, or null
 * @param connection where that command came in, or null
 */
public record FenceRequest(Purpose purpose, String commandId, String gateway, String connection) {
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
    /** Its time is over. */
    TIME_OUT
  }
}
