/** Credential types: the packs, what their fields accept, and how a value is rendered for use. */
@NullMarked
package io.coffer.type;

import org.jspecify.annotations.NullMarked;
