/** Resumable work: jobs in the database, claimed by one replica at a time, and what they do. */
@NullMarked
package io.coffer.job;

import org.jspecify.annotations.NullMarked;
