/** Who may vouch for callers: the configured issuers, their keys, and the check of their tokens. */
@NullMarked
package io.coffer.access.issuer;

import org.jspecify.annotations.NullMarked;
