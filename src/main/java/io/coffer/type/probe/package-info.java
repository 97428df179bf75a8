/** How a type says what the lightest real call is that proves a credential works. Data only. */
@NullMarked
package io.coffer.type.probe;

import org.jspecify.annotations.NullMarked;
