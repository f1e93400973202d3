package dev.sheaf.node.links;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.PemKeyStore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// By what a node is known to its peers, and by what it judges them.
///
/// Renewed files are taken up by the next handshake, a second later at most. Files that cannot be
/// used leave what was there in place, and the log says why. Thread-safe.
public final class LinkIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(LinkIdentity.class);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    private static final String SETTING = "links";

    private final LinkFiles files;
    private final MeshMember self;
    private final AtomicLong lookedNanos = new AtomicLong(System.nanoTime());
    private volatile Material material;

    /// What the files held at one time.
    record Material(
            PrivateKey key,
            List<X509Certificate> chain,
            X509TrustManager authority,
            List<FileTime> times) {}

    private LinkIdentity(LinkFiles files, MeshMember self, Material material) {
        this.files = files;
        this.self = self;
        this.material = material;
    }

    /// @throws Problem INVALID_CONFIGURATION when the files cannot be used, or the certificate
    ///   names another member
    public static LinkIdentity of(LinkFiles files, MeshMember self) {
        return new LinkIdentity(files, self, read(files, self));
    }

    public MeshMember self() {
        return self;
    }

    Material current() {
        long now = System.nanoTime();
        long looked = lookedNanos.get();
        if (now - looked > LOOK_INTERVAL.toNanos() && lookedNanos.compareAndSet(looked, now)) {
            renew();
        }
        return material;
    }

    private void renew() {
        try {
            if (times(files).equals(material.times())) {
                return;
            }
            material = read(files, self);
            LOG.info("the certificate {} was renewed", files.certificate());
        } catch (IOException | Problem e) {
            LOG.error(
                    "the certificate {} cannot be used; the one before stays",
                    files.certificate(),
                    e);
        }
    }

    private static Material read(LinkFiles files, MeshMember self) {
        try {
            List<FileTime> times = times(files);
            KeyStore store = PemKeyStore.read(files.certificate(), files.key(), SETTING);
            List<X509Certificate> chain =
                    Arrays.stream(store.getCertificateChain(PemKeyStore.ENTRY))
                            .map(X509Certificate.class::cast)
                            .toList();
            PrivateKey key = (PrivateKey) store.getKey(PemKeyStore.ENTRY, new char[0]);
            requirePair(key, chain.getFirst());
            MeshMember named = MeshMember.of(chain.getFirst());
            if (!named.equals(self)) {
                throw new CertificateException(
                        files.certificate() + " is of " + named.uri() + ", not of " + self.uri());
            }
            return new Material(key, chain, authority(files), times);
        } catch (IOException | GeneralSecurityException e) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    SETTING + ": the certificate, key or authority cannot be used: " + e,
                    e);
        }
    }

    /// While files are being renewed the one may be new and the other old.
    private static void requirePair(PrivateKey key, X509Certificate certificate)
            throws GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm();
                };
        byte[] probe = certificate.getEncoded();
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(probe);
        if (!signature.verify(signed)) {
            throw new CertificateException("the key is not the certificate's");
        }
    }

    private static X509TrustManager authority(LinkFiles files)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int count = 0;
        for (Certificate certificate :
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(Files.readAllBytes(files.authority())))) {
            store.setCertificateEntry("authority-" + count++, certificate);
        }
        if (count == 0) {
            throw new CertificateException("no certificate in " + files.authority());
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new IllegalStateException("every JDK has a PKIX trust manager");
    }

    private static List<FileTime> times(LinkFiles files) throws IOException {
        return List.of(
                Files.getLastModifiedTime(files.certificate()),
                Files.getLastModifiedTime(files.key()),
                Files.getLastModifiedTime(files.authority()));
    }
}
