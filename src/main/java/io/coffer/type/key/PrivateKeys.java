package io.coffer.type.key;

import io.coffer.secret.SecretValue;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Private keys in PEM: PKCS#8, the traditional forms of RSA, EC and DSA, and OpenSSH's own. All
 * work is bounded by {@link KeyLimits}, which a key is held against before any of it begins.
 */
public final class PrivateKeys {

  // Certificates travel with keys; curves are named before keys by one well-known tool.
  private static final Set<String> COMPANIONS = Set.of("CERTIFICATE", "EC PARAMETERS");

  private PrivateKeys() {}

  /**
   * Says what a private key is, after checking it as far as that goes without its passphrase: an
   * unencrypted key is parsed whole, of an encrypted one the wrapping.
   *
   * @param pem exactly one private key, certificates beside it allowed
   * @throws KeyRefusal if it is anything else, or asks for too much work to open
   */
  public static KeyInfo inspect(String pem) {
    return withKey(pem, PrivateKeyBlock::info);
  }

  /**
   * Whether a passphrase opens a private key; false for a key that needs none. It computes for up
   * to about a second: never on an event loop.
   *
   * @param pem as for {@link #inspect}
   * @param passphrase stays the caller's
   * @throws KeyRefusal as for {@link #inspect}
   */
  public static boolean opens(String pem, SecretValue passphrase) {
    byte[] bytes = passphrase.revealBytes();
    try {
      return withKey(pem, key -> key.opens(bytes));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static <T> T withKey(String pem, Function<PrivateKeyBlock, T> work) {
    List<PemBlock> blocks = PemBlock.readAll(pem);
    try {
      List<PemBlock> keys = blocks.stream().filter(PemBlock::isPrivateKey).toList();
      if (keys.size() != 1) {
        throw new KeyRefusal("must hold exactly one private key");
      }
      boolean known =
          blocks.stream().allMatch(b -> b.isPrivateKey() || COMPANIONS.contains(b.label()));
      if (!known) {
        throw new KeyRefusal("must hold a private key, and at most certificates beside it");
      }
      return work.apply(PrivateKeyBlock.of(keys.getFirst()));
    } finally {
      blocks.forEach(PemBlock::wipe);
    }
  }
}
