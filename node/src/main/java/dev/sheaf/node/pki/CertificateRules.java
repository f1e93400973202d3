package dev.sheaf.node.pki;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// Which certificates count, by who made them. For any thread.
public sealed interface CertificateRules permits MeshRules, OperatorRules {
    /// @param chain the certificate first, then those above it
    /// @param at the time for which it must count
    /// @return whose it is
    /// @throws CertificateException saying why it does not count
    MeshMember member(List<X509Certificate> chain, Purpose purpose, Instant at)
            throws CertificateException;
}
