/** Reads the record again and names the places where it was edited, cut or forged. */
@NullMarked
package io.coffer.activity.verify;

import org.jspecify.annotations.NullMarked;
