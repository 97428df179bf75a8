package io.coffer.kms;

/** The keys cannot be used as configured, so the application must not start. */
public final class KmsSetupFailure extends RuntimeException {

  private final String property;

  /**
   * @param property the property to change
   * @param wrong what is wrong with it
   * @param mend what to do
   */
  public KmsSetupFailure(String property, String wrong, String mend) {
    super(property + ": " + wrong + ". " + mend);
    this.property = property;
  }

  public String property() {
    return property;
  }
}
