package io.coffer.leak;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * Planted secrets, found again in any text by their pieces of eight bytes: so what is cut, wrapped
 * or dumped in lines of sixteen bytes is found too, and a mask, which shows at most five characters
 * in a row, is not. One pass over a text looks for all of them.
 */
final class Needles {

  private static final int PIECE = 8;

  /** Fewer distinct bytes than this in a piece, and it may stand anywhere by chance. */
  private static final int MIN_VARIETY = 5;

  /** A form of a piece, and whose. */
  private record Form(String text, String label) {}

  /** What may stand between the name of a field and its value. */
  private static final List<String> LINKS =
      List.of(
          "\":\"",
          "\": \"",
          "\":",
          "\": ",
          "\\\":\\\"",
          "\\\": \\\"",
          "=",
          "='",
          "=\"",
          ":",
          ": ",
          " ",
          "%22%3A%22",
          "&quot;:&quot;",
          ", ");

  /** From this length on digits between quotes are characteristic. */
  private static final int QUOTABLE = 4;

  /** Many times as many as there are ever heads, so that nearly every other head is told apart. */
  private static final int SLOT_BITS = 24;

  private final Map<Long, Set<Form>> byHead = new ConcurrentHashMap<>();
  // Nearly every place in a text begins no form: one look here says so, without an object for it.
  private final AtomicLongArray slots = new AtomicLongArray(1 << (SLOT_BITS - 6));
  private final Set<Form> quoted = new CopyOnWriteArraySet<>();

  /** Whether anything of the secret is characteristic enough to be searched for. */
  @CanIgnoreReturnValue
  boolean plant(String label, String secret) {
    return plant(label, secret.getBytes(StandardCharsets.UTF_8));
  }

  @CanIgnoreReturnValue
  boolean plant(String label, byte[] secret) {
    boolean planted = false;
    for (int at = 0; at + PIECE <= secret.length; at += PIECE) {
      byte[] piece = Arrays.copyOfRange(secret, at, at + PIECE);
      if (variety(piece) >= MIN_VARIETY) {
        Encodings.of(piece).forEach(form -> add(form, label));
        planted = true;
      }
    }
    return planted;
  }

  /** A secret that is sent in Base64, which a dump in lines may cut anywhere. */
  void plantKey(String label, byte[] key) {
    plant(label, key);
    String text = Base64.getEncoder().encodeToString(key);
    IntStream.rangeClosed(0, text.length() - PIECE)
        .forEach(at -> add(text.substring(at, at + PIECE), label));
  }

  /** One whole text that is characteristic as it stands. */
  void plantWhole(String label, String secret) {
    Encodings.of(secret.getBytes(StandardCharsets.UTF_8)).forEach(form -> add(form, label));
  }

  /** A few digits: found beside the name of their field, and between quotes. */
  void plantDigits(String label, String field, String digits) {
    LINKS.forEach(link -> add(field + link + digits, label));
    if (digits.length() >= QUOTABLE) {
      quoted.add(new Form('"' + digits + '"', label));
      quoted.add(new Form('"' + digits + '\\', label));
      quoted.add(new Form("'" + digits + "'", label));
    }
  }

  /** The labels of the secrets that the text holds anything of. */
  Set<String> find(CharSequence text) {
    Set<String> found = new TreeSet<>();
    String whole = text.toString();
    quoted.stream()
        .filter(form -> whole.contains(form.text()))
        .forEach(form -> found.add(form.label()));
    long head = 0;
    for (int i = 0; i < whole.length(); i++) {
      head = (head << 8) | (whole.charAt(i) & 0xff);
      Set<Form> forms = i < PIECE - 1 || !isTaken(head) ? null : byHead.get(head);
      if (forms != null) {
        int start = i - PIECE + 1;
        forms.stream()
            .filter(form -> standsAt(whole, start, form.text()))
            .forEach(form -> found.add(form.label()));
      }
    }
    return found;
  }

  private void add(String form, String label) {
    if (form.length() < PIECE) {
      return;
    }
    long head = 0;
    for (int i = 0; i < PIECE; i++) {
      head = (head << 8) | (form.charAt(i) & 0xff);
    }
    byHead.computeIfAbsent(head, _ -> new CopyOnWriteArraySet<>()).add(new Form(form, label));
    int slot = slot(head);
    slots.accumulateAndGet(slot >> 6, 1L << slot, (old, bit) -> old | bit);
  }

  private boolean isTaken(long head) {
    int slot = slot(head);
    return (slots.get(slot >> 6) & (1L << slot)) != 0;
  }

  private static int slot(long head) {
    return (int) ((head * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - SLOT_BITS));
  }

  private static boolean standsAt(String text, int start, String form) {
    return text.startsWith(form, start);
  }

  private static long variety(byte[] piece) {
    return IntStream.range(0, piece.length).map(i -> piece[i]).distinct().count();
  }
}
