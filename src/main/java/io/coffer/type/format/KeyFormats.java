package io.coffer.type.format;

import io.coffer.type.key.Certificates;
import io.coffer.type.key.KeyRefusal;
import io.coffer.type.key.PrivateKeys;
import java.util.Optional;

/** Formats of private keys and certificates. */
final class KeyFormats {

  private KeyFormats() {}

  /** A private key that OpenSSH reads: its own form, or one of PEM. */
  static Optional<String> sshPrivateKey(String value) {
    try {
      return switch (PrivateKeys.inspect(value).type()) {
        case X25519, X448, ED448 ->
            Rules.broken("must be an SSH key of RSA, DSA, ECDSA or Ed25519");
        case RSA, DSA, EC, ED25519, SECURITY_KEY, UNKNOWN -> Rules.KEPT;
      };
    } catch (KeyRefusal refusal) {
      return Rules.broken(refusal.rule());
    }
  }

  /** A private key in PEM as most programs read it, which OpenSSH's own form is not. */
  static Optional<String> pemPrivateKey(String value) {
    try {
      return Rules.require(
          !PrivateKeys.inspect(value).openSsh(),
          "must be PKCS#8 or a traditional PEM key; OpenSSH's own form is not read here");
    } catch (KeyRefusal refusal) {
      return Rules.broken(refusal.rule());
    }
  }

  /** One or more X.509 certificates. */
  static Optional<String> pemCertificate(String value) {
    try {
      return Rules.require(Certificates.check(value) > 0, "must hold a certificate");
    } catch (KeyRefusal refusal) {
      return Rules.broken(refusal.rule());
    }
  }
}
