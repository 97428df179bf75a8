/** What a database holds: discovery of schemas, their snapshots and differences, search. */
@NullMarked
package io.coffer.schema;

import org.jspecify.annotations.NullMarked;
