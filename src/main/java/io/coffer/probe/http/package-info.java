/** Probes over HTTP that the types declare: what is sent, and what the answers mean. */
@NullMarked
package io.coffer.probe.http;

import org.jspecify.annotations.NullMarked;
