/** Private keys and certificates in PEM: what they are, and whether a passphrase opens them. */
@NullMarked
package io.coffer.type.key;

import org.jspecify.annotations.NullMarked;
