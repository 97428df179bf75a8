package io.coffer.credential;

import io.coffer.credential.CredentialRepository.Found;
import io.coffer.type.CredentialType;

/**
 * A credential that was found, with its type.
 *
 * @param found the row and the caller's rights
 * @param type what the row's fields mean
 */
record Typed(Found found, CredentialType type) {

  CredentialView view() {
    return CredentialView.of(found.row(), type, found.rights());
  }
}
