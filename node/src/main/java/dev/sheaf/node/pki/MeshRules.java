package dev.sheaf.node.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Certificates of the mesh's own making: exactly root, authority of a region, certificate of that
/// same region's node. An authority cannot speak for another region, and one that was revoked
/// cannot speak since then.
///
/// @param revocations of authorities' keys
public record MeshRules(X509Certificate root, Revocations revocations) implements CertificateRules {
    private static final int WITHOUT_ROOT = 2;

    @Override
    public MeshMember member(List<X509Certificate> chain, Purpose purpose, Instant at)
            throws CertificateException {
        boolean withRoot = chain.size() == WITHOUT_ROOT + 1 && chain.getLast().equals(root);
        if (chain.size() != WITHOUT_ROOT && !withRoot) {
            throw new CertificateException(
                    "a certificate and its region's authority are needed, and "
                            + chain.size()
                            + " certificates came");
        }
        X509Certificate leaf = chain.get(0);
        X509Certificate authority = chain.get(1);
        requirePath(leaf, authority, at);
        if (leaf.getBasicConstraints() >= 0 || !purpose.isOf(leaf)) {
            throw new CertificateException(
                    switch (purpose) {
                        case LINK -> "the certificate is not one for links";
                        case SIGNATURE -> "the certificate is not one for signatures";
                    });
        }
        MeshMember member = MeshMember.of(leaf);
        MeshMember issuer = MeshMember.of(authority);
        if (!member.equals(issuer)) {
            throw new CertificateException(
                    "the authority of "
                            + issuer.uri()
                            + " issued a certificate for "
                            + member.uri());
        }
        Optional<Instant> since = revocations.since(Fingerprints.of(authority));
        if (since.isPresent() && at.isAfter(since.get())) {
            throw new CertificateException(
                    member.uri() + " is no member of the mesh since " + since.get());
        }
        return member;
    }

    private void requirePath(X509Certificate leaf, X509Certificate authority, Instant at)
            throws CertificateException {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertPath(List.of(leaf, authority)),
                            parameters);
        } catch (CertPathValidatorException e) {
            throw new CertificateException(
                    "the certificate does not count in this mesh at "
                            + at
                            + " ("
                            + e.getReason()
                            + "): "
                            + e.getMessage(),
                    e);
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate cannot be judged: " + e, e);
        }
    }
}
