/** Formats of field values: what a text must look like, told without repeating the text. */
@NullMarked
package io.coffer.type.format;

import org.jspecify.annotations.NullMarked;
