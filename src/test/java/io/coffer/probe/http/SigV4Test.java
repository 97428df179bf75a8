package io.coffer.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.secret.SecretValue;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.signer.Aws4Signer;
import software.amazon.awssdk.auth.signer.params.Aws4SignerParams;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.regions.Region;

/** Signatures of AWS's published test suite, and the same as its own library makes. */
class SigV4Test {

  private static final String KEY_ID = "AKIDEXAMPLE";
  private static final String KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");

  @Test
  void signsAsThePublishedSuiteSays() {
    assertThat(signature("https://example.amazonaws.com/", null))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=host;x-amz-date, "
                + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  }

  @Test
  void putsParametersInOrder() {
    assertThat(signature("https://example.amazonaws.com/?Param2=value2&Param1=value1", null))
        .endsWith("Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
  }

  @Test
  void signsAsTheLibraryOfTheProviderDoes() {
    String url = "https://sts.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15";
    assertThat(signature(url, null))
        .isEqualTo(library(url, AwsBasicCredentials.create(KEY_ID, KEY)));
    assertThat(signature(url, "session+token/=="))
        .isEqualTo(library(url, AwsSessionCredentials.create(KEY_ID, KEY, "session+token/==")));
  }

  private static String signature(String url, @Nullable String session) {
    try (SecretValue key = SecretValue.ofText(KEY)) {
      Map<String, SecretValue> headers =
          new SigV4("service", "us-east-1", KEY_ID)
              .headers(
                  "GET",
                  URI.create(url),
                  TIME,
                  key,
                  session == null ? null : SecretValue.ofText(session));
      return java.util.Objects.requireNonNull(headers.get("Authorization")).revealText();
    }
  }

  @SuppressWarnings("deprecation") // The signer that succeeds it is not on the class path.
  private static String library(String url, AwsCredentials credentials) {
    SdkHttpFullRequest request =
        SdkHttpFullRequest.builder().method(SdkHttpMethod.GET).uri(URI.create(url)).build();
    Aws4SignerParams parameters =
        Aws4SignerParams.builder()
            .awsCredentials(credentials)
            .signingName("service")
            .signingRegion(Region.US_EAST_1)
            .signingClockOverride(java.time.Clock.fixed(TIME, java.time.ZoneOffset.UTC))
            .build();
    return Aws4Signer.create()
        .sign(request, parameters)
        .firstMatchingHeader("Authorization")
        .orElseThrow();
  }
}
