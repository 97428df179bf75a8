package io.coffer.type.key;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/** X.509 certificates (RFC 5280) in PEM. */
public final class Certificates {

  private Certificates() {}

  /**
   * Checks a text that holds certificates, a chain for example.
   *
   * @return how many there are, at least one
   * @throws KeyRefusal if it holds anything else
   */
  public static int check(String pem) {
    List<PemBlock> blocks = PemBlock.readAll(pem);
    if (blocks.isEmpty()) {
      throw new KeyRefusal("must hold a certificate");
    }
    for (PemBlock block : blocks) {
      if (!block.label().equals("CERTIFICATE") || !isCertificate(block.content())) {
        throw new KeyRefusal("must hold X.509 certificates in PEM and nothing else");
      }
    }
    return blocks.size();
  }

  private static boolean isCertificate(byte[] der) {
    try {
      ByteArrayInputStream in = new ByteArrayInputStream(der);
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return certificate != null && in.available() == 0;
    } catch (CertificateException notACertificate) {
      // Its message quotes what it read.
      return false;
    }
  }
}
