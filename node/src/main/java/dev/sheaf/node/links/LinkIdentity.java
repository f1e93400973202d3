package dev.sheaf.node.links;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.pki.CertificateRules;
import dev.sheaf.node.pki.Credential;
import dev.sheaf.node.pki.MeshMember;
import dev.sheaf.node.pki.Pem;
import dev.sheaf.node.pki.Purpose;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    private final Judge judge;
    private final AtomicLong lookedNanos = new AtomicLong(System.nanoTime());
    private volatile Material material;
    private volatile String advertised = "";

    /// What the files held at one time.
    record Material(
            PrivateKey key,
            List<X509Certificate> chain,
            X509TrustManager authority,
            List<FileTime> times) {}

    /// Judges the certificates that a peer shows.
    private interface Judge {
        void require(Material own, X509Certificate[] chain, String type, boolean server)
                throws CertificateException;

        default void requireAgain(X509Certificate[] chain) throws CertificateException {}

        default void requireNotRevoked(X509Certificate[] chain) throws CertificateException {}
    }

    private record ByRules(CertificateRules rules, Clock clock) implements Judge {
        @Override
        public void require(Material own, X509Certificate[] chain, String type, boolean server)
                throws CertificateException {
            requireAgain(chain);
        }

        @Override
        public void requireAgain(X509Certificate[] chain) throws CertificateException {
            rules.member(List.of(chain), Purpose.LINK, clock.instant());
        }

        @Override
        public void requireNotRevoked(X509Certificate[] chain) throws CertificateException {
            rules.requireNotRevoked(List.of(chain), clock.instant());
        }
    }

    private LinkIdentity(LinkFiles files, MeshMember self, Judge judge, Material material) {
        this.files = files;
        this.self = self;
        this.judge = judge;
        this.material = material;
    }

    /// With certificates of an operator's own making: peers are judged by the authority in the
    /// files.
    ///
    /// @throws Problem INVALID_CONFIGURATION when the files cannot be used, or the certificate
    ///   names another member
    public static LinkIdentity of(LinkFiles files, MeshMember self) {
        return new LinkIdentity(files, self, LinkIdentity::byAuthority, read(files, self));
    }

    /// With certificates of the mesh's making.
    ///
    /// @param clock by which peers' certificates are out of date
    /// @throws Problem as the other one
    public static LinkIdentity of(
            LinkFiles files, MeshMember self, CertificateRules rules, Clock clock) {
        return new LinkIdentity(files, self, new ByRules(rules, clock), read(files, self));
    }

    private static void byAuthority(
            Material own, X509Certificate[] chain, String type, boolean server)
            throws CertificateException {
        if (server) {
            own.authority().checkServerTrusted(chain, type);
        } else {
            own.authority().checkClientTrusted(chain, type);
        }
    }

    /// When the node's own certificate ends.
    public Instant certifiedUntil() {
        return current().chain().getFirst().getNotAfter().toInstant();
    }

    /// @param type the kind of key exchange, as trust managers are told it
    /// @param server whether the peer was dialed
    /// @throws CertificateException saying why the peer is none of this mesh
    void require(X509Certificate[] chain, String type, boolean server) throws CertificateException {
        judge.require(current(), chain, type, server);
    }

    /// Tells those whom this node dials where it listens.
    void advertise(String address) {
        advertised = address;
    }

    /// Empty when it is not told.
    String advertised() {
        return advertised;
    }

    public MeshMember self() {
        return self;
    }

    /// After the handshake: whether the mesh's own rules still take the peer.
    void requireAgain(X509Certificate[] chain) throws CertificateException {
        judge.requireAgain(chain);
    }

    /// Whether the mesh has not revoked the peer since the handshake.
    void requireNotRevoked(X509Certificate[] chain) throws CertificateException {
        judge.requireNotRevoked(chain);
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
            Credential own = Credential.read(files.certificate(), files.key(), SETTING);
            MeshMember named = MeshMember.of(own.certificate());
            if (!named.equals(self)) {
                throw new CertificateException(
                        files.certificate() + " is of " + named.uri() + ", not of " + self.uri());
            }
            return new Material(own.key(), own.chain(), authority(files), times);
        } catch (IOException | GeneralSecurityException e) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    SETTING + ": the certificate, key or authority cannot be used: " + e,
                    e);
        }
    }

    private static X509TrustManager authority(LinkFiles files)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int count = 0;
        for (X509Certificate certificate : Pem.certificates(files.authority())) {
            store.setCertificateEntry("authority-" + count++, certificate);
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
