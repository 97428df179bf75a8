/** Traces are off until somebody says where they shall go. */
@NullMarked
package io.coffer.web.tracing;

import org.jspecify.annotations.NullMarked;
