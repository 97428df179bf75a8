package io.coffer.type;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a private key in PEM needs a passphrase, seen from its wrapping alone. */
final class KeyWrapping {

  // Hyphens stand in RFC 1421 headers, such as DEK-Info: AES-128-CBC,…
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----((?:[^-]++|-(?!----))*+)-----END \\1-----");
  private static final byte[] OPENSSH_MAGIC =
      "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

  private KeyWrapping() {}

  /** Whether the text holds a private key in PEM (RFC 7468) or OpenSSH's form. */
  static boolean isKey(String text) {
    return BLOCK.matcher(text).find();
  }

  /** Whether any key in the text is encrypted. */
  static boolean isEncrypted(String text) {
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      if (isEncrypted(blocks.group(1), blocks.group(2))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEncrypted(String label, String body) {
    return switch (label) {
      case "ENCRYPTED PRIVATE KEY" -> true;
      case "OPENSSH PRIVATE KEY" -> isEncryptedOpenSsh(body);
      // RFC 1421 headers: Proc-Type: 4,ENCRYPTED
      default -> body.contains("ENCRYPTED");
    };
  }

  /** The OpenSSH header names the cipher behind its magic: a length, then the name. */
  private static boolean isEncryptedOpenSsh(String body) {
    byte[] bytes = decode(body);
    try {
      ByteBuffer header = ByteBuffer.wrap(bytes);
      byte[] magic = new byte[OPENSSH_MAGIC.length];
      if (bytes.length < magic.length + Integer.BYTES) {
        return false;
      }
      header.get(magic);
      int length = header.getInt();
      return Arrays.equals(magic, OPENSSH_MAGIC)
          && !(length == 4 && bytes.length >= header.position() + 4 && isNone(header));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static boolean isNone(ByteBuffer header) {
    byte[] cipher = new byte[4];
    header.get(cipher);
    return Arrays.equals(cipher, "none".getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] decode(String body) {
    try {
      return Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
