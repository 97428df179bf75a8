/** Puts a load on the packaged application and reads what it costs. */
@NullMarked
package io.coffer.bench;

import org.jspecify.annotations.NullMarked;
