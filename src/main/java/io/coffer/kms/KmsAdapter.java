package io.coffer.kms;

/** One provider's adapter, a bean that configuration selects by {@link #provider}. */
public interface KmsAdapter {

  /** The identifier that configuration and stored keys use, for example {@code aws}. */
  String provider();

  /**
   * Opens the adapter; called at most once, and only if the provider is configured. Makes no call
   * to the provider yet.
   *
   * @throws KmsSetupFailure if the configuration cannot work or is not safe
   */
  Kms open();
}
