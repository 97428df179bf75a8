/** Keys in AWS KMS, through the asynchronous client of the AWS SDK, whose types end here. */
@NullMarked
package io.coffer.kms.aws;

import org.jspecify.annotations.NullMarked;
