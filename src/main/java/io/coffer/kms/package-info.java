/** The port to key management services, its failures, and what every adapter is wrapped in. */
@NullMarked
package io.coffer.kms;

import org.jspecify.annotations.NullMarked;
