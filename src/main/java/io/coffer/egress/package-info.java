/**
 * The guard that every call to a place named by a user passes: the name is resolved, each address
 * judged by the operator's policy, and the connection goes to an address that was judged.
 */
@NullMarked
package io.coffer.egress;

import org.jspecify.annotations.NullMarked;
