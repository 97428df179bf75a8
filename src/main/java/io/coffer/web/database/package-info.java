/**
 * The database pool's bounds, what clients are told when it fails, and whether the schema is
 * current.
 */
@NullMarked
package io.coffer.web.database;

import org.jspecify.annotations.NullMarked;
