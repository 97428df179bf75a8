package io.coffer.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the decision gave for one row.
 *
 * @param bits the sum of {@link Right#bit()}; 0: the caller may not know that the row exists
 */
public record Rights(int bits) {

  public static final Rights NONE = new Rights(0);
  public static final Rights ALL = new Rights(7);

  public Rights {
    if (bits < 0 || bits > 7) {
      throw new IllegalArgumentException("rights are three bits");
    }
  }

  public boolean has(Right right) {
    return (bits & right.bit()) != 0;
  }

  /** Whether the caller may not even know that the row exists. */
  public boolean none() {
    return bits == 0;
  }

  /**
   * Passes if all these rights are held. What needs the value as well as the power to change, such
   * as a copy, demands {@code ADMIN} and {@code USE}: a system administrator has no {@code USE}.
   *
   * @throws Denied.NotVisible if no right is held at all
   * @throws Denied.MissingRole naming the first of the rights that is not held
   */
  public void require(Right... rights) {
    if (none()) {
      throw new Denied.NotVisible();
    }
    for (Right right : rights) {
      if (!has(right)) {
        throw new Denied.MissingRole(Set.of(right.wireName()));
      }
    }
  }

  /** The names of the rights held, for answers that say what the caller may do. */
  public List<String> wireNames() {
    return Stream.of(Right.values()).filter(this::has).map(Right::wireName).toList();
  }
}
