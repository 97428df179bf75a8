/** Proves credentials of databases by logging in through their drivers. */
@NullMarked
package io.coffer.probe.jdbc;

import org.jspecify.annotations.NullMarked;
