/** The stored format: sealing, opening, the canonical encodings under them, and row tags. */
@NullMarked
package io.coffer.crypto;

import org.jspecify.annotations.NullMarked;
