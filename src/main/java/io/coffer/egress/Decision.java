package io.coffer.egress;

/** What the policy says of a name, or of an address and a port. */
sealed interface Decision {

  /**
   * It may be called.
   *
   * @param opened whether an entry of the operator's says so, and not that it is public
   */
  record Allowed(boolean opened) implements Decision {}

  /**
   * It may not be called.
   *
   * @param rule the id of the rule that says so
   */
  record Denied(String rule) implements Decision {}
}
