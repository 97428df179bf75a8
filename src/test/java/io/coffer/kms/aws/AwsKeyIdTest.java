package io.coffer.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsKeyIdTest {

  private static final String ARN = "arn:aws:kms:%s:%s:key/%s";

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, 111122223333, abc, true",
    "us-east-1, 111122223333, abc, false",
    "eu-west-1, 444455556666, abc, false",
    "eu-west-1, 111122223333, abd, false",
    "eu-west-1, 111122223333, abcd, false",
    "eu-west-1, 111122223333, mrk-abc, false",
  })
  void holdsAnArnToTheWholeArn(String region, String account, String id, boolean same) {
    String asked = ARN.formatted("eu-west-1", "111122223333", "abc");
    assertThat(AwsKeyId.answers(asked, ARN.formatted(region, account, id))).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, 111122223333, mrk-abc, true",
    "us-east-1, 111122223333, mrk-abc, true",
    "us-east-1, 444455556666, mrk-abc, false",
    "us-east-1, 111122223333, mrk-abd, false",
    "us-east-1, 111122223333, abc, false",
  })
  void holdsAMultiRegionKeyToItsId(String region, String account, String id, boolean same) {
    String asked = ARN.formatted("eu-west-1", "111122223333", "mrk-abc");
    assertThat(AwsKeyId.answers(asked, ARN.formatted(region, account, id))).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "abc, arn:aws:kms:eu-west-1:111122223333:key/abc, true",
    "abc, arn:aws:kms:eu-west-1:111122223333:key/xabc, false",
    "abc, abc, false",
    "alias/coffer, arn:aws:kms:eu-west-1:111122223333:key/abc, true",
    "alias/coffer, arn:aws:kms:eu-west-1:111122223333:alias/coffer, false",
    "alias/coffer, <html>, false",
    "arn:aws:kms:eu-west-1:111122223333:alias/x, arn:aws:kms:eu-west-1:111122223333:key/abc, true",
    "arn:aws:kms:eu-west-1:111122223333:alias/x, arn:aws:kms:eu-west-2:111122223333:key/abc, false",
    "arn:aws:kms:eu-west-1:111122223333:alias/x, arn:aws:kms:eu-west-1:444455556666:key/abc, false",
    "arn:nonsense, arn:aws:kms:eu-west-1:111122223333:key/abc, false",
  })
  void letsOtherNamesBeAnsweredByTheKeysThatTheyMayMean(
      String asked, String answered, boolean same) {
    assertThat(AwsKeyId.answers(asked, answered)).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:kms:eu-west-1:111122223333:key/mrk-a, arn:aws:kms:us-east-1:111122223333:key/mrk-a",
    "arn:aws:kms:eu-west-1:111122223333:key/abc, arn:aws:kms:eu-west-1:111122223333:key/abc",
    "mrk-a, mrk-a",
    "alias/coffer, alias/coffer",
  })
  void asksForTheCopyInItsRegion(String keyId, String asked) {
    assertThat(AwsKeyId.in("us-east-1", keyId)).isEqualTo(asked);
  }
}
