package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * The rules that span fields.
 *
 * @param structure what always holds
 * @param completeness what a credential needs to be of use
 */
public record Rules(Structure structure, Completeness completeness) {

  /** No rules at all. */
  public static final Rules NONE =
      new Rules(
          new Structure(Map.of(), List.of(), List.of(), Map.of(), Map.of()),
          new Completeness(List.of(), List.of(), Map.of()));

  public Rules {
    structure = structure == null ? NONE.structure : structure;
    completeness = completeness == null ? NONE.completeness : completeness;
  }

  /**
   * Rules of structure.
   *
   * @param dependencies a field and those without which it cannot be set
   * @param exclusive groups of which at most one field is set
   * @param passphrase private keys whose encryption demands a passphrase
   * @param byChoice by a field and what it is set to, the fields that may be set then; what stands
   *     under none of its choices may always be set
   * @param narrowed by a field and what it is set to, fields of which only these choices are left
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Structure(
      Map<String, List<String>> dependencies,
      List<List<String>> exclusive,
      List<Passphrase> passphrase,
      Map<String, Map<String, List<String>>> byChoice,
      Map<String, Map<String, Map<String, List<String>>>> narrowed) {

    public Structure {
      dependencies = Copies.map(dependencies);
      exclusive = Copies.list(exclusive);
      passphrase = Copies.list(passphrase);
      byChoice = Copies.map(byChoice);
      narrowed = Copies.map(narrowed);
    }
  }

  /** A private key and the field that unlocks it. */
  public record Passphrase(String key, String passphrase) {}

  /**
   * Rules of completeness.
   *
   * @param required fields without which the credential is of no use
   * @param oneOf groups of which at least one is set as a whole; empty for no such rule
   * @param byChoice by a field and what it is set to, further groups of which at least one is set
   *     as a whole
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Completeness(
      List<String> required,
      List<List<String>> oneOf,
      Map<String, Map<String, List<List<String>>>> byChoice) {

    public Completeness {
      required = Copies.list(required);
      oneOf = Copies.list(oneOf);
      byChoice = Copies.map(byChoice);
    }
  }
}
