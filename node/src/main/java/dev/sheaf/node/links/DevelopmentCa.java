package dev.sheaf.node.links;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.PemKeyStore;
import dev.sheaf.node.identity.PrivateFile;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/// An authority in a folder, for meshes on one machine: whoever can write the folder belongs to the
/// mesh. Nodes share the folder; the first makes the authority, each its own certificate (P-256).
public final class DevelopmentCa {
    static final Duration CERTIFICATE_LIFE = Duration.ofDays(30);
    static final Duration RENEWAL_BEFORE_END = Duration.ofDays(10);
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(5 * 365);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final String SETTING = "links.developmentCa";
    private static final int SERIAL_BITS = 120;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final Clock clock;

    /// @param folder for this user alone; made when missing
    public DevelopmentCa(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    private record Signed(X509Certificate certificate, PrivateKey key) {}

    /// The files of a member, made or renewed where that is due. To be called now and then: what
    /// has ten days left is renewed.
    ///
    /// @throws Problem STORAGE_FAILED when the folder cannot be used, INVALID_CONFIGURATION when
    ///   its files cannot
    public LinkFiles certify(MeshMember member) {
        String name = member.region().cloud() + "." + member.region().location();
        LinkFiles files =
                new LinkFiles(
                        folder.resolve(name + ".pem"),
                        folder.resolve(name + ".key.pem"),
                        folder.resolve("ca.pem"));
        synchronized (DevelopmentCa.class) { // locks of files are held by the process
            try {
                Files.createDirectories(folder, PrivateFile.FOLDER_MODE);
                try (FileChannel lock =
                                FileChannel.open(
                                        folder.resolve("ca.lock"),
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.WRITE);
                        FileLock _ = lock.lock()) {
                    Signed authority = authority(files.authority());
                    if (!counts(files, member, authority.certificate())) {
                        write(files.certificate(), files.key(), sign(member, authority));
                    }
                }
                return files;
            } catch (IOException e) {
                throw new Problem(
                        ProblemCode.STORAGE_FAILED,
                        "the folder of the development authority, " + folder + ": " + e,
                        e);
            } catch (GeneralSecurityException | OperatorCreationException e) {
                throw new IllegalStateException("every JDK makes P-256 certificates", e);
            }
        }
    }

    private Signed authority(Path certificate)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        Path key = folder.resolve("ca.key.pem");
        if (!Files.exists(key) || !Files.exists(certificate)) {
            KeyPair pair = newPair();
            X500Name name = new X500Name("CN=Sheaf development authority");
            X509v3CertificateBuilder builder = builder(name, name, pair, AUTHORITY_LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            write(certificate, key, signed(builder, pair.getPrivate(), pair.getPrivate()));
        }
        PrivateFile.requirePrivate(key);
        return read(certificate, key);
    }

    private Signed sign(MeshMember member, Signed authority)
            throws CertIOException, GeneralSecurityException, OperatorCreationException {
        KeyPair pair = newPair();
        X509v3CertificateBuilder builder =
                builder(
                        new X500Name(authority.certificate().getSubjectX500Principal().getName()),
                        new X500Name("CN=Sheaf node"),
                        pair,
                        CERTIFICATE_LIFE);
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                        new GeneralName(GeneralName.uniformResourceIdentifier, member.uri())));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(
                        new KeyPurposeId[] {
                            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                        }));
        return signed(builder, authority.key(), pair.getPrivate());
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair pair, Duration life) {
        Instant now = clock.instant();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(life)),
                subject,
                pair.getPublic());
    }

    private static Signed signed(X509v3CertificateBuilder builder, PrivateKey by, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new Signed(
                new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(
                                        new JcaContentSignerBuilder("SHA256withECDSA").build(by))),
                key);
    }

    private static KeyPair newPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    /// Whether what is there can be kept.
    private boolean counts(LinkFiles files, MeshMember member, X509Certificate authority)
            throws IOException {
        if (!Files.exists(files.certificate()) || !Files.exists(files.key())) {
            return false;
        }
        PrivateFile.requirePrivate(files.key());
        try {
            X509Certificate certificate = read(files.certificate(), files.key()).certificate();
            certificate.verify(authority.getPublicKey());
            Instant end = certificate.getNotAfter().toInstant();
            return MeshMember.of(certificate).equals(member)
                    && end.isAfter(clock.instant().plus(RENEWAL_BEFORE_END));
        } catch (GeneralSecurityException e) {
            return false; // of another authority, or a key without its certificate: made anew
        }
    }

    private static Signed read(Path certificate, Path key) throws GeneralSecurityException {
        KeyStore store = PemKeyStore.read(certificate, key, SETTING);
        return new Signed(
                (X509Certificate) store.getCertificate(PemKeyStore.ENTRY),
                (PrivateKey) store.getKey(PemKeyStore.ENTRY, new char[0]));
    }

    /// The key first: a certificate without its key would be of no use, and is made anew.
    private static void write(Path certificate, Path key, Signed signed)
            throws IOException, GeneralSecurityException {
        PrivateFile.write(key, pem("PRIVATE KEY", signed.key().getEncoded()));
        PrivateFile.write(certificate, pem("CERTIFICATE", signed.certificate().getEncoded()));
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END "
                + label
                + "-----\n";
    }
}
