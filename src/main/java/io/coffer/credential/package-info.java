/** Credentials: how they are made, found, changed, shared out as defaults, deleted and restored. */
@NullMarked
package io.coffer.credential;

import org.jspecify.annotations.NullMarked;
