/** What the benchmark adds to the application that it measures; no release holds it. */
@NullMarked
package io.coffer.bench;

import org.jspecify.annotations.NullMarked;
