/** A server that speaks the protocol of AWS KMS, with real keys and real faults, for tests. */
@NullMarked
package io.coffer.kms.aws.server;

import org.jspecify.annotations.NullMarked;
