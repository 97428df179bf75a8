/** The record of who did what: chained by hashes, committed in groups, bound by checkpoints. */
@NullMarked
package io.coffer.activity;

import org.jspecify.annotations.NullMarked;
