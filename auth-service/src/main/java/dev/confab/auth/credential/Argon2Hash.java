package dev.confab.auth.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An argon2id hash with all that is needed to check a password against it, written in the usual
 * form {@code $argon2id$v=19$m=7168,t=5,p=1$salt$hash}.
 */
record Argon2Hash(Cost cost, byte[] salt, byte[] hash) {
  private static final int HASH_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([\\w+/-]+)\\$([\\w+/-]+)");
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  /** Memory in KiB, passes, lanes. */
  record Cost(int memoryKib, int iterations, int lanes) {}

  static Argon2Hash of(String password, Cost cost, byte[] salt) {
    return new Argon2Hash(cost, salt, compute(password, cost, salt));
  }

  /** Reads the written form; empty if it is not ours. */
  static Optional<Argon2Hash> parse(String written) {
    var parts = FORM.matcher(written);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var cost =
        new Cost(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)));
    var decoder = Base64.getDecoder();
    return Optional.of(
        new Argon2Hash(cost, decoder.decode(parts.group(4)), decoder.decode(parts.group(5))));
  }

  /** Computes the password's hash at this one's cost and compares in constant time. */
  boolean matches(String password) {
    return MessageDigest.isEqual(hash, compute(password, cost, salt));
  }

  String written() {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.iterations(),
            cost.lanes(),
            ENCODER.encodeToString(salt),
            ENCODER.encodeToString(hash));
  }

  private static byte[] compute(String password, Cost cost, byte[] salt) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.iterations())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    var hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  /** Redacted. */
  @Override
  public String toString() {
    return "Argon2Hash[" + cost + "]";
  }
}
