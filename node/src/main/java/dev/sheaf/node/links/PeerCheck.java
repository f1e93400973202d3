package dev.sheaf.node.links;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.pki.MeshMember;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Judges a peer's certificate during the handshake: by the authority, then by the member that it
/// names. Host names play no part; a region may move.
final class PeerCheck extends X509ExtendedTrustManager {
    private static final Logger LOG = LoggerFactory.getLogger(PeerCheck.class);

    private final LinkIdentity identity;
    private final Predicate<RegionName> expected;
    private final String expectation;
    private final LinkCounters counters;

    /// @param expectation the expected regions in words, for the log
    PeerCheck(
            LinkIdentity identity,
            Predicate<RegionName> expected,
            String expectation,
            LinkCounters counters) {
        this.identity = identity;
        this.expected = expected;
        this.expectation = expectation;
        this.counters = counters;
    }

    /// Which member a certificate is of that the authority signed, if it is one of those expected.
    MeshMember member(X509Certificate certificate) throws CertificateException {
        MeshMember member = MeshMember.of(certificate);
        if (!member.mesh().equals(identity.self().mesh()) || !expected.test(member.region())) {
            throw new CertificateException(
                    "the certificate is of "
                            + member.uri()
                            + "; expected was mesh "
                            + identity.self().mesh()
                            + ", "
                            + expectation);
        }
        return member;
    }

    private void check(X509Certificate[] chain, @Nullable String type, boolean server)
            throws CertificateException {
        try {
            identity.require(chain, type == null ? "UNKNOWN" : type, server);
            member(chain[0]);
        } catch (CertificateException e) {
            counters.peersRefused.increment();
            LOG.warn("refused a peer ({}): {}", expectation, e.getMessage());
            throw e;
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain, type, false);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain, type, true);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(chain, type, false);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(chain, type, true);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(chain, type, false);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(chain, type, true);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return identity.current().authority().getAcceptedIssuers();
    }
}
