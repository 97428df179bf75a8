/** Whether credentials work: probes, their verdicts, when they look and how often. */
@NullMarked
package io.coffer.probe;

import org.jspecify.annotations.NullMarked;
