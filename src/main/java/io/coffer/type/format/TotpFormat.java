package io.coffer.type.format;

import java.util.Optional;

/** The seed of one-time codes (RFC 6238): a secret in base32, or an {@code otpauth://totp/} URI. */
final class TotpFormat implements Format {

  @Override
  public Optional<String> check(String value) {
    try {
      Totp seed = Totp.parse(value);
      seed.wipe();
      return Rules.KEPT;
    } catch (Totp.NotASeed refused) {
      return Rules.broken(refused.rule());
    }
  }

  /** A bare secret loses blanks and hyphens and keeps its case; a URI loses blanks. */
  @Override
  public String normalize(String value) {
    String text = Totp.withoutBlanks(value);
    return Totp.isUri(text) ? Totp.decodedOnce(text) : text.replace("-", "");
  }
}
