package io.coffer.type;

/** What can be wrong with a template of an injector. */
public enum TemplateFault {
  SYNTAX("is not written in the template language"),
  UNDEFINED("uses a name that is not defined"),
  UNSAFE("uses a part of the language that is not allowed"),
  OUTPUT_TOO_LARGE("renders to more than the limit"),
  TOO_DEEP("nests deeper than the limit"),
  TOO_MUCH_WORK("does more work than the limit"),
  CHARACTERS("renders to characters that cannot stand there"),
  FAILED("cannot be evaluated");

  private final String words;

  TemplateFault(String words) {
    this.words = words;
  }

  /** What is wrong, as the end of a sentence that begins with the place of the template. */
  public String words() {
    return words;
  }
}
