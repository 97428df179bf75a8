/** What all resources share: problem details, request ids, paging and the pages at the root. */
@NullMarked
package io.coffer.web;

import org.jspecify.annotations.NullMarked;
