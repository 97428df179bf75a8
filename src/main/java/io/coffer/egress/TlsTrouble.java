package io.coffer.egress;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What is wrong with the TLS of a server. */
public enum TlsTrouble {
  /** Its certificate is of no authority that is trusted. */
  UNTRUSTED,
  /** Its certificate is for another host. */
  WRONG_NAME,
  /** Its certificate has expired, or is not valid yet. */
  EXPIRED,
  /** It does not speak TLS at all. */
  NOT_TLS,
  /** It speaks no version or cipher that is accepted here, or refused ours. */
  PROTOCOL;

  private static final int DEEPEST = 16;

  /** Reads a failure and its causes; empty if it has nothing to do with TLS. */
  public static Optional<TlsTrouble> of(Throwable failure) {
    @Nullable TlsTrouble found = null;
    @Nullable Throwable next = failure;
    for (int i = 0; next != null && i < DEEPEST; i++) {
      TlsTrouble here = read(next);
      // The deeper cause is the more exact one.
      found = here == null ? found : here;
      next = next.getCause();
    }
    return Optional.ofNullable(found);
  }

  private static @Nullable TlsTrouble read(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return switch (failure) {
      case CertificateExpiredException _, CertificateNotYetValidException _ -> EXPIRED;
      case CertPathValidatorException path ->
          path.getReason() == BasicReason.EXPIRED ? EXPIRED : UNTRUSTED;
      case CertificateException _ -> isAboutTheName(message) ? WRONG_NAME : UNTRUSTED;
      case java.security.cert.CertPathBuilderException _ -> UNTRUSTED;
      case SSLException _ -> isNoTls(failure, message) ? NOT_TLS : PROTOCOL;
      default -> null;
    };
  }

  /** The JDK has no class of its own for it. */
  private static boolean isAboutTheName(String message) {
    return message.contains("subject alternative") || message.contains("name matching");
  }

  private static boolean isNoTls(Throwable failure, String message) {
    return failure.getClass().getSimpleName().equals("NotSslRecordException")
        || message.contains("unsupported or unrecognized ssl message")
        || message.contains("plaintext connection");
  }
}
