/** Real counterparts for tests: an issuer of access tokens, and what starts the application. */
@NullMarked
package io.coffer.testing;

import org.jspecify.annotations.NullMarked;
