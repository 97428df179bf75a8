package io.coffer.type.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By what a person tells one private key from another: the algorithm, and the SHA-256 fingerprint
 * of the public half where that can be had without a passphrase. Nothing of the private half is in
 * it.
 *
 * @param kind the algorithm with its size, such as {@code RSA 2048}, or what else can be told
 * @param fingerprint in base64, without its prefix {@code SHA256:}; null if the public half is
 *     hidden
 */
public record KeyLabel(String kind, @Nullable String fingerprint) {

  /** Whose fingerprints a person has to compare with. */
  public enum Style {
    /** As {@code ssh-keygen -l} prints it: of the key as SSH sends it, without padding. */
    SSH,
    /** As TLS pins and Snowflake have it: of the X.509 SubjectPublicKeyInfo, with padding. */
    X509
  }

  /**
   * Labels a private key in PEM or in OpenSSH's form.
   *
   * @return empty if the text is no such key
   */
  public static Optional<KeyLabel> of(String pem, Style style) {
    List<PemBlock> blocks;
    try {
      blocks = PemBlock.readAll(pem);
    } catch (KeyRefusal notPem) {
      return Optional.empty();
    }
    try {
      return blocks.stream()
          .filter(PemBlock::isPrivateKey)
          .findFirst()
          .map(block -> of(block, PrivateKeyBlock.of(block), style));
    } catch (KeyRefusal noKey) {
      return Optional.empty();
    } finally {
      blocks.forEach(PemBlock::wipe);
    }
  }

  private static KeyLabel of(PemBlock block, PrivateKeyBlock key, Style style) {
    if (key instanceof OpenSshKey openSsh) {
      // The public half stands in clear before the private one.
      String kind = encrypted(openSsh.info(), openSsh.publicName());
      return new KeyLabel(kind, digest(openSsh.publicKey(), false));
    }
    if (key.info().encrypted()) {
      return new KeyLabel(encrypted(key.info(), name(key.info().type())), null);
    }
    return PublicHalf.of(block)
        .map(half -> of(half, style))
        .orElseGet(() -> new KeyLabel(name(key.info().type()), null));
  }

  private static KeyLabel of(PublicHalf half, Style style) {
    byte[] ssh = half.ssh();
    return style == Style.SSH && ssh != null
        ? new KeyLabel(half.name(), digest(ssh, false))
        : new KeyLabel(half.name(), digest(half.spki(), true));
  }

  private static String encrypted(KeyInfo info, String name) {
    return info.encrypted() ? "encrypted " + name : name;
  }

  private static String name(KeyType type) {
    return switch (type) {
      case UNKNOWN -> "key";
      case SECURITY_KEY -> "security key";
      case ED25519 -> "Ed25519";
      case ED448 -> "Ed448";
      case RSA, DSA, EC, X25519, X448 -> type.name().toUpperCase(Locale.ROOT);
    };
  }

  private static String digest(byte[] bytes, boolean padded) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      Base64.Encoder base64 = Base64.getEncoder();
      return (padded ? base64 : base64.withoutPadding()).encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
