/** Keys in files of this machine: for development and tests, not for production. */
@NullMarked
package io.coffer.kms.local;

import org.jspecify.annotations.NullMarked;
