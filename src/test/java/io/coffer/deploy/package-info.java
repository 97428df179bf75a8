/** Tests of what surrounds the application: chart, manifests, scripts and documents. */
@NullMarked
package io.coffer.deploy;

import org.jspecify.annotations.NullMarked;
