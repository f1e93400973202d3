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
import java.util.stream.Collectors;

/// Certificates of an operator's own making: whatever the configured authorities vouch for, by
/// however many steps, under the name of its region. Purposes are the operator's affair.
///
/// @param authorities that are trusted
public record OperatorRules(List<X509Certificate> authorities) implements CertificateRules {
    public OperatorRules {
        authorities = List.copyOf(authorities);
    }

    @Override
    public MeshMember member(List<X509Certificate> chain, Purpose purpose, Instant at)
            throws CertificateException {
        if (chain.isEmpty()) {
            throw new CertificateException("no certificate came");
        }
        try {
            PKIXParameters parameters =
                    new PKIXParameters(
                            authorities.stream()
                                    .map(authority -> new TrustAnchor(authority, null))
                                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertPath(
                                            chain.stream()
                                                    .filter(each -> !authorities.contains(each))
                                                    .toList()),
                            parameters);
            return MeshMember.of(chain.getFirst());
        } catch (CertPathValidatorException e) {
            throw new CertificateException(
                    "the certificate does not count at " + at + ": " + e.getMessage(), e);
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate cannot be judged: " + e, e);
        }
    }
}
