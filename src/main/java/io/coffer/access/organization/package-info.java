/** Organizations and who belongs to them, as clients see and administer them. */
@NullMarked
package io.coffer.access.organization;

import org.jspecify.annotations.NullMarked;
