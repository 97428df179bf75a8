/** People, workloads and placeholders as clients see and administer them. */
@NullMarked
package io.coffer.access.people;

import org.jspecify.annotations.NullMarked;
