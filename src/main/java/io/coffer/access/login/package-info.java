/** The pages at the root: what is here, who is logged in, log-in and log-out. */
@NullMarked
package io.coffer.access.login;

import org.jspecify.annotations.NullMarked;
