/** Who calls, in which organization, and the one decision whether they may do what they ask. */
@NullMarked
package io.coffer.access;

import org.jspecify.annotations.NullMarked;
