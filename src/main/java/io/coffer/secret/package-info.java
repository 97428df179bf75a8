/** Secret bytes with an owner and an end, and what a ciphertext belongs to. */
@NullMarked
package io.coffer.secret;

import org.jspecify.annotations.NullMarked;
