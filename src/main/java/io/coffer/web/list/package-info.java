/** The grammar that all lists share: filters, search, order and pages, from query string to SQL. */
@NullMarked
package io.coffer.web.list;

import org.jspecify.annotations.NullMarked;
