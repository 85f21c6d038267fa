package dev.confab.ai.context;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts tokens as a model does, or nearly: where its tokenizer is not published, one that cuts
 * finer than most stands in, so that what was counted to fit does fit.
 */
final class TokenCount {
  private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

  private TokenCount() {}

  /** Tokens of a text for a model. */
  static int of(String text, String model) {
    return encoding(model).countTokensOrdinary(text);
  }

  /** More than {@link #of} can ever say, at no cost: no token is shorter than a byte of UTF-8. */
  static int atMost(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  private static Encoding encoding(String model) {
    return ENCODINGS
        .getEncodingForModel(model)
        .orElseGet(() -> ENCODINGS.getEncoding(EncodingType.CL100K_BASE));
  }
}
