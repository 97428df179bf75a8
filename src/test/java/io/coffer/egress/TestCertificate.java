package io.coffer.egress;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Certificates of servers in tests, and the authority that signs them. */
public record TestCertificate(X509Certificate certificate, PrivateKey key) {

  private static final char[] PASSWORD = "test".toCharArray();

  /** An authority of its own that nobody trusts. */
  public static TestCertificate authority() {
    Instant now = Instant.now();
    return make("CN=Test Authority", null, null, now.minus(Duration.ofDays(1)), now.plus(DAYS));
  }

  private static final Duration DAYS = Duration.ofDays(30);

  /**
   * A server's certificate.
   *
   * @param name a DNS name or an IPv4 address
   */
  public TestCertificate signs(String name) {
    Instant now = Instant.now();
    return make("CN=" + name, name, this, now.minus(Duration.ofDays(1)), now.plus(DAYS));
  }

  /** One whose time is over. */
  public TestCertificate signedOnce(String name) {
    Instant now = Instant.now();
    return make("CN=" + name, name, this, now.minus(DAYS), now.minus(Duration.ofDays(1)));
  }

  private static TestCertificate make(
      String subject,
      @org.jspecify.annotations.Nullable String alternative,
      @org.jspecify.annotations.Nullable TestCertificate issuer,
      Instant from,
      Instant to) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      X500Name name = new X500Name(subject);
      var builder =
          new JcaX509v3CertificateBuilder(
              issuer == null
                  ? name
                  : new X500Name(issuer.certificate.getSubjectX500Principal().getName()),
              BigInteger.valueOf(System.nanoTime()),
              Date.from(from),
              Date.from(to),
              name,
              pair.getPublic());
      if (alternative == null) {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      } else {
        int kind = alternative.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(kind, alternative)));
      }
      var signer =
          new JcaContentSignerBuilder("SHA256withECDSA")
              .build(issuer == null ? pair.getPrivate() : issuer.key);
      return new TestCertificate(
          new JcaX509CertificateConverter().getCertificate(builder.build(signer)),
          pair.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In PEM. */
  public String pem() {
    return pem(certificate);
  }

  public String keyPem() {
    return pem(new PemObject("PRIVATE KEY", key.getEncoded()));
  }

  private static String pem(Object content) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(content);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  /** What a server with this certificate speaks TLS by. */
  public SSLContext server() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, PASSWORD, new X509Certificate[] {certificate});
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
