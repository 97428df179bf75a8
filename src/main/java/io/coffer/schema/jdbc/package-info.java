/** Discovery through the drivers of databases: catalogue queries only. */
@NullMarked
package io.coffer.schema.jdbc;

import org.jspecify.annotations.NullMarked;
