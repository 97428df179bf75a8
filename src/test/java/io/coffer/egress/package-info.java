@NullMarked
package io.coffer.egress;

import org.jspecify.annotations.NullMarked;
