package dev.sheaf.node.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/// The node's own issuer, for development and for meshes without an identity provider. Its key
/// (ES256) is made at the first start and never leaves its file; to change it, stop the node and
/// delete the file.
public final class LocalIssuer {
    public static final String ISSUER = "sheaf-local";
    public static final String AUDIENCE = "sheaf";
    private static final String KEY_FILE = "issuer.jwk.json";

    private final ECKey key;
    private final Clock clock;

    private LocalIssuer(ECKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /// @param folder of keys, for this user alone; issuers that share it, even of several processes
    ///   that start at the same time, share the key
    /// @throws Problem STORAGE_FAILED when the key can be neither read nor written
    public static LocalIssuer in(Path folder, Clock clock) {
        Path file = folder.resolve(KEY_FILE);
        try {
            String text = PrivateFile.readOrMake(file, () -> newKey().toJSONString());
            return new LocalIssuer(ECKey.parse(text), clock);
        } catch (IOException | ParseException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the issuer's key " + file + " cannot be used: " + e.getMessage(),
                    e);
        }
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK makes P-256 keys", e);
        }
    }

    /// A signed token and its end.
    public record Issued(String token, Instant expiresAt) {}

    public Issued issue(
            String subject,
            List<Scope> scopes,
            List<String> roles,
            List<String> domains,
            Duration lifetime) {
        Instant now = clock.instant();
        Instant end = now.plus(lifetime);
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience(AUDIENCE)
                        .subject(subject)
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(end))
                        .jwtID(UUID.randomUUID().toString())
                        .claim(
                                "scope",
                                String.join(" ", scopes.stream().map(Scope::toString).toList()))
                        .claim("roles", roles)
                        .claim("domains", domains)
                        .build();
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .type(JOSEObjectType.JWT)
                                .keyID(key.getKeyID())
                                .build(),
                        claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a P-256 key signs ES256", e);
        }
        return new Issued(
                token.serialize(), end.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }

    public TrustedIssuer trusted() {
        return new TrustedIssuer(
                ISSUER, AUDIENCE, new ImmutableJWKSet<>(new JWKSet(key)), ClaimMapping.OWN);
    }

    /// The public keys as JSON.
    public String publicKeys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }
}
