package io.coffer.type;

import io.coffer.secret.SecretFields;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

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

  /**
   * The mask of a credential: that of its main field, else of its first secret field that is set;
   * empty if nothing secret is set.
   */
  public String mask(CredentialType type, Map<String, Object> plain, SecretFields secret) {
    for (String id : type.definition().main()) {
      Optional<String> found = find(id, plain, secret);
      if (found.isPresent()) {
        return ofText(found.get());
      }
    }
    return type.definition().fields().stream()
        .flatMap(field -> secret.find(field.id()).stream())
        .findFirst()
        .map(value -> ofText(value.revealText()))
        .orElse("");
  }

  private static Optional<String> find(String id, Map<String, Object> plain, SecretFields secret) {
    Object shown = plain.get(id);
    return shown != null
        ? Optional.of(SecretTexts.text(shown))
        : secret.find(id).map(value -> value.revealText());
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
    return new String(characters, 0, head) + "..." + new String(characters, length - TAIL, TAIL);
  }
}
