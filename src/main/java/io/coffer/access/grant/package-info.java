/**
 * Rights that are granted on single things, whatever their kind: who may grant what to whom, and
 * who has access for which reasons.
 */
@NullMarked
package io.coffer.access.grant;

import org.jspecify.annotations.NullMarked;
