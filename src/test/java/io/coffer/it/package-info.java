/** Tests of the packaged application with real counterparts around it. */
@NullMarked
package io.coffer.it;

import org.jspecify.annotations.NullMarked;
