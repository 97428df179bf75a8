package io.coffer.access;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses a log-in whose sessions would not survive a restart or a second replica. */
@ApplicationScoped
class LoginStart {

  private static final int MIN_SECRET_LENGTH = 32;

  void check(@Observes StartupEvent event, LoginConfig login) {
    check(login, LaunchMode.current() == LaunchMode.NORMAL);
  }

  static void check(LoginConfig login, boolean production) {
    if (!login.enabled()) {
      return;
    }
    boolean tooShort =
        login.cookieSecret().map(secret -> secret.length() < MIN_SECRET_LENGTH).orElse(production);
    if (tooShort) {
      throw new IllegalStateException(
          "coffer.login.cookie-secret is missing or shorter than "
              + MIN_SECRET_LENGTH
              + " characters: set it to a random text, the same on all replicas");
    }
  }
}
