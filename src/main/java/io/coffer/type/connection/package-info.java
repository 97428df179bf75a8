/**
 * Connection strings of databases: one strict grammar that refuses what it does not understand, the
 * typed parts that it yields, and the URLs that those parts are written as.
 */
@NullMarked
package io.coffer.type.connection;

import org.jspecify.annotations.NullMarked;
