/** The hot path: finding values by one statement, opening them and handing them out. */
@NullMarked
package io.coffer.credential.use;

import org.jspecify.annotations.NullMarked;
