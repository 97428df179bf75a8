/** Teams and who is in them, as clients see and administer them. */
@NullMarked
package io.coffer.access.team;

import org.jspecify.annotations.NullMarked;
