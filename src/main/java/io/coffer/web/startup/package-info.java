/** Refuses to start the packaged application with settings that are unsafe or unknown. */
@NullMarked
package io.coffer.web.startup;

import org.jspecify.annotations.NullMarked;
