package dev.sheaf.node.pki;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/// What a certificate of a region's authority is for; it is of no use for the other purpose (RFC
/// 5280, section 4.2.1.12).
public enum Purpose {
    /// Links between nodes, at either end.
    LINK(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth),

    /// Signatures under what a node says about what is at home with it. The number is of the arc
    /// that needs no registration (ITU-T X.667).
    SIGNATURE(
            KeyPurposeId.getInstance(
                    new ASN1ObjectIdentifier("2.25.203974158230917265847010369147285603841")));

    private final List<KeyPurposeId> usages;

    Purpose(KeyPurposeId... usages) {
        this.usages = List.of(usages);
    }

    ExtendedKeyUsage extension() {
        return new ExtendedKeyUsage(usages.toArray(KeyPurposeId[]::new));
    }

    /// Whether the certificate is for this and nothing else.
    boolean isOf(X509Certificate certificate) throws CertificateParsingException {
        List<String> declared = certificate.getExtendedKeyUsage();
        return declared != null
                && declared.size() == usages.size()
                && usages.stream().allMatch(usage -> declared.contains(usage.getId()));
    }
}
