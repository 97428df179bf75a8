package io.coffer.type;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import io.coffer.type.format.ServiceAccount;
import io.coffer.type.key.KeyLabel;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a value may be shown to those who may not have it. */
@ApplicationScoped
public class Masks {

  /** Stands for a stored secret field in every answer. */
  public static final String ENCRYPTED = "$encrypted$";

  /** Stands for a value that is too short to show any part of. */
  public static final String STARS = "********";

  private static final int SHORTEST_SHOWN = 16;
  private static final int TAIL = 4;
  private static final int LONGEST_HEAD = 5;
  private static final int SHORTEST_HEAD = (SHORTEST_SHOWN - TAIL) / TAIL;
  private static final String DOTS = "...";
  private static final String ARMOR = "-----BEGIN ";
  private static final String SERVICE_ACCOUNT = "service_account_json";

  /**
   * The mask of a credential: that of its main field, else of its first secret field that is set;
   * empty if nothing secret is set.
   */
  public String mask(CredentialType type, Map<String, Object> plain, SecretFields secret) {
    TypeDefinition definition = type.definition();
    for (String id : definition.main()) {
      Optional<String> found = find(id, plain, secret);
      if (found.isPresent()) {
        return definition
            .field(id)
            .map(field -> ofField(field, found.get()))
            .orElseGet(() -> ofText(found.get()));
      }
    }
    for (FieldDefinition field : definition.fields()) {
      Optional<SecretValue> value = secret.find(field.id());
      if (value.isPresent()) {
        return ofField(field, value.get().revealText());
      }
    }
    return "";
  }

  private static Optional<String> find(String id, Map<String, Object> plain, SecretFields secret) {
    Object shown = plain.get(id);
    return shown != null
        ? Optional.of(SecretTexts.text(shown))
        : secret.find(id).map(SecretValue::revealText);
  }

  /**
   * Whether a text is what stands for the value of a field in answers, or stood for it before keys
   * had masks of their own.
   */
  static boolean isMaskOf(FieldDefinition field, String value, String sent) {
    return sent.equals(ofText(value)) || sent.equals(ofField(field, value));
  }

  /**
   * Whether a text has the look of a mask, of whatever value: it stood for one once, and is none.
   * No real secret is so short and has three dots just there.
   */
  static boolean looksLikeOne(String text) {
    int head = text.codePointCount(0, text.length()) - DOTS.length() - TAIL;
    return text.equals(STARS)
        || head >= SHORTEST_HEAD
            && head <= LONGEST_HEAD
            && text.startsWith(DOTS, text.offsetByCodePoints(0, head));
  }

  /**
   * The mask of one field. The ends of a key in PEM, and of a key file, are the same for all of
   * them: those are told by what is public of them, a fingerprint or the key's id, cut like a text.
   */
  static String ofField(FieldDefinition field, String text) {
    if (SERVICE_ACCOUNT.equals(field.format())) {
      return ServiceAccount.keyId(text)
          .map(id -> "service account key " + ofText(id))
          .or(() -> ServiceAccount.key(text).map(key -> ofArmored(key, KeyLabel.Style.X509)))
          .orElse(STARS);
    }
    String stripped = text.strip();
    return stripped.startsWith(ARMOR) ? ofArmored(stripped, style(field.format())) : ofText(text);
  }

  private static KeyLabel.Style style(@Nullable String format) {
    return "ssh_private_key".equals(format) ? KeyLabel.Style.SSH : KeyLabel.Style.X509;
  }

  private static String ofArmored(String text, KeyLabel.Style style) {
    return KeyLabel.of(text, style).map(Masks::ofLabel).orElse(STARS);
  }

  private static String ofLabel(KeyLabel label) {
    String fingerprint = label.fingerprint();
    return fingerprint == null ? label.kind() : label.kind() + " SHA256:" + ofText(fingerprint);
  }

  /**
   * The mask of one text: at most a quarter of it and five characters at its head, and the last
   * four, from 16 characters on; the same stars for everything shorter, so that they tell no
   * length.
   */
  static String ofText(String text) {
    int[] characters = text.strip().codePoints().toArray();
    int length = characters.length;
    if (length < SHORTEST_SHOWN) {
      return STARS;
    }
    int head = Math.min(LONGEST_HEAD, (length - TAIL) / TAIL);
    return new String(characters, 0, head) + DOTS + new String(characters, length - TAIL, TAIL);
  }
}
