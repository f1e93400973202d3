package dev.sheaf.node.pki;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/// Makes the certificates of a mesh (RFC 5280): a root, under it an authority for each region,
/// under that what the region's node uses. Keys are P-256: every TLS library has them, which cannot
/// be said of Ed25519. For any thread.
final class CertificateMaker {
    static final Duration ROOT_LIFE = Duration.ofDays(20 * 365L);
    static final Duration AUTHORITY_LIFE = Duration.ofDays(365);

    /// Certificates begin this much before they are made, for peers whose clocks are behind.
    static final Duration BEHIND_MAX = Duration.ofHours(1);

    private static final String ALGORITHM = "SHA256withECDSA";
    private static final int SERIAL_BITS = 120;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateMaker() {}

    static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes P-256 keys", e);
        }
    }

    static Credential root(Instant now) {
        KeyPair pair = newPair();
        X500Name name = name("Sheaf mesh root");
        X509v3CertificateBuilder builder =
                builder(name, name, pair.getPublic(), now.minus(BEHIND_MAX), now.plus(ROOT_LIFE));
        extend(builder, Extension.basicConstraints, new BasicConstraints(1));
        extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign));
        return new Credential(List.of(signed(builder, pair.getPrivate())), pair.getPrivate());
    }

    /// A region's authority. It can issue for nodes, not make authorities.
    static X509Certificate authority(
            MeshMember member, PublicKey key, Credential root, Instant now) {
        X509v3CertificateBuilder builder =
                builder(
                        subjectOf(root.certificate()),
                        name("Sheaf region " + member.region()),
                        key,
                        now.minus(BEHIND_MAX),
                        earlier(now.plus(AUTHORITY_LIFE), root.certificate()));
        extend(builder, Extension.basicConstraints, new BasicConstraints(0));
        extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign));
        nameOf(member, builder);
        return signed(builder, root.key());
    }

    /// What a node uses, issued by its region's authority; it ends with that at the latest.
    static Credential leaf(
            MeshMember member, Purpose purpose, Credential authority, Duration life, Instant now) {
        KeyPair pair = newPair();
        X509v3CertificateBuilder builder =
                builder(
                        subjectOf(authority.certificate()),
                        name("Sheaf node"),
                        pair.getPublic(),
                        now.minus(BEHIND_MAX),
                        earlier(now.plus(life), authority.certificate()));
        extend(builder, Extension.basicConstraints, new BasicConstraints(false));
        extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
        extend(builder, Extension.extendedKeyUsage, purpose.extension());
        nameOf(member, builder);
        return new Credential(
                List.of(signed(builder, authority.key()), authority.certificate()),
                pair.getPrivate());
    }

    private static Instant earlier(Instant end, X509Certificate issuer) {
        Instant last = issuer.getNotAfter().toInstant();
        return end.isBefore(last) ? end : last;
    }

    private static X500Name name(String text) {
        return new X500NameBuilder().addRDN(BCStyle.CN, text).build();
    }

    private static X500Name subjectOf(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static void nameOf(MeshMember member, X509v3CertificateBuilder builder) {
        try {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                            new GeneralName(GeneralName.uniformResourceIdentifier, member.uri())));
        } catch (CertIOException e) {
            throw new IllegalStateException("a name can be encoded", e);
        }
    }

    private static void extend(
            X509v3CertificateBuilder builder,
            org.bouncycastle.asn1.ASN1ObjectIdentifier kind,
            org.bouncycastle.asn1.ASN1Encodable value) {
        try {
            builder.addExtension(kind, true, value);
        } catch (CertIOException e) {
            throw new IllegalStateException("an extension can be encoded", e);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant begin, Instant end) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM),
                Date.from(begin),
                Date.from(end),
                subject,
                key);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey by) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder(ALGORITHM).build(by)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("every JDK makes P-256 certificates", e);
        }
    }
}
