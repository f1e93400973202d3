package dev.sheaf.node.pki;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.identity.NodeSignatures;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Signatures by certificates of the mesh: `header..signature` with the certificates in `x5c` and
/// the time of signing, in seconds since 1970, in `iat`.
///
/// Whether the certificates count is judged for the time of signing that the signature states: what
/// was signed last year counts after its signer's certificates were renewed. Nobody vouches for
/// that time; an old key that was stolen could sign as of then. Of a region that was evicted or
/// left counts what it says to have signed before; that it signs more of that kind later does not
/// matter, as nobody takes anything from it any more. A node whose clock stands before its
/// certificate began signs as of its beginning.
public final class MeshSignatures implements NodeSignatures {
    private static final String SIGNED_AT = "iat";
    private static final int SIGNATURE_CHARACTERS_MAX = 64 << 10;
    private static final int CERTIFICATES_MAX = 8;
    private static final long SECONDS_MAX = 253_402_300_799L; // the year 9999

    private final Supplier<Credential> own;
    private final CertificateRules rules;
    private final Clock clock;

    /// @param own what this node signs with at the time
    public MeshSignatures(Supplier<Credential> own, CertificateRules rules, Clock clock) {
        this.own = own;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public String sign(byte[] payload) {
        Credential credential = own.get();
        SignatureAlgorithm algorithm =
                SignatureAlgorithm.of(credential.certificate().getPublicKey()).orElseThrow();
        try {
            List<com.nimbusds.jose.util.Base64> chain = new ArrayList<>();
            for (X509Certificate certificate : credential.chain()) {
                chain.add(com.nimbusds.jose.util.Base64.encode(certificate.getEncoded()));
            }
            Base64URL header =
                    new JWSHeader.Builder(new JWSAlgorithm(algorithm.name()))
                            .x509CertChain(chain)
                            .customParam(SIGNED_AT, moment(credential).getEpochSecond())
                            .build()
                            .toBase64URL();
            return header
                    + ".."
                    + Base64URL.encode(
                            algorithm.sign(credential.key(), signingInput(header, payload)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that has signed before signs", e);
        }
    }

    private Instant moment(Credential credential) {
        Instant now = clock.instant();
        Instant begin = credential.certificate().getNotBefore().toInstant();
        Instant end = credential.certificate().getNotAfter().toInstant();
        if (now.isAfter(end)) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "this node's certificate for signatures ended at "
                            + end
                            + ", so what is at home here cannot be changed; it is renewed once the"
                            + " region's authority is");
        }
        return now.isBefore(begin) ? begin : now;
    }

    @Override
    public void verify(RegionName signer, byte[] payload, String signature) {
        String[] parts = signature.split("\\.", -1);
        if (signature.length() > SIGNATURE_CHARACTERS_MAX
                || parts.length != 3
                || !parts[1].isEmpty()) {
            throw refused(signer, "it is not of the form header..signature", null);
        }
        try {
            Base64URL encoded = new Base64URL(parts[0]);
            JWSHeader header = JWSHeader.parse(encoded);
            if (header.getCriticalParams() != null) {
                throw refused(signer, "it demands what this node does not know", null);
            }
            List<X509Certificate> chain = chain(header);
            MeshMember member = rules.member(chain, Purpose.SIGNATURE, signedAt(header));
            if (!member.region().equals(signer)) {
                throw refused(signer, "it is of " + member.region(), null);
            }
            SignatureAlgorithm algorithm =
                    SignatureAlgorithm.of(chain.getFirst().getPublicKey())
                            .filter(one -> one.name().equals(header.getAlgorithm().getName()))
                            .orElseThrow(() ->
                                    refused(
                                            signer,
                                            "its algorithm is not that of the signer's key",
                                            null));
            if (!algorithm.verifies(
                    chain.getFirst().getPublicKey(),
                    signingInput(encoded, payload),
                    new Base64URL(parts[2]).decode())) {
                throw refused(signer, "it is not one under this content", null);
            }
        } catch (ParseException | IllegalArgumentException | GeneralSecurityException e) {
            throw refused(signer, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<X509Certificate> chain(JWSHeader header) throws CertificateException {
        List<com.nimbusds.jose.util.Base64> encoded = header.getX509CertChain();
        if (encoded == null || encoded.isEmpty() || encoded.size() > CERTIFICATES_MAX) {
            throw new CertificateException("it does not bring its certificates along");
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        for (com.nimbusds.jose.util.Base64 certificate : encoded) {
            chain.add(
                    (X509Certificate)
                            factory.generateCertificate(
                                    new ByteArrayInputStream(certificate.decode())));
        }
        return chain;
    }

    private static Instant signedAt(JWSHeader header) throws CertificateException {
        if (header.getCustomParam(SIGNED_AT) instanceof Number seconds) {
            return Instant.ofEpochSecond(Math.clamp(seconds.longValue(), 0, SECONDS_MAX));
        }
        throw new CertificateException("it does not say when it was made");
    }

    private static byte[] signingInput(Base64URL header, byte[] payload) {
        return (header + "." + Base64URL.encode(payload)).getBytes(StandardCharsets.US_ASCII);
    }

    private static Problem refused(
            RegionName signer, String reason, @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.FORBIDDEN,
                "this is not a signature of the node of " + signer + ": " + reason,
                cause);
    }
}
