/** What a laptop has in place of production parts: the embedded database and the warning banner. */
@NullMarked
package io.coffer.dev;

import org.jspecify.annotations.NullMarked;
