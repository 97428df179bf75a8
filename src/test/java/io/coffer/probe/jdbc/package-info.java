@NullMarked
package io.coffer.probe.jdbc;

import org.jspecify.annotations.NullMarked;
