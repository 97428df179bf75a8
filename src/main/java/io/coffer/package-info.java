/** Coffer: a credential service that encrypts what it stores and knows what it holds. */
@NullMarked
package io.coffer;

import org.jspecify.annotations.NullMarked;
