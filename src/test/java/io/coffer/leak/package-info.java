/** The search for secrets in everything that may not hold one. */
@NullMarked
package io.coffer.leak;

import org.jspecify.annotations.NullMarked;
