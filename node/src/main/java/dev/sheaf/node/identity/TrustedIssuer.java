package dev.sheaf.node.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Set;

/// An issuer whose tokens count, how they are checked, and how they are read.
///
/// @param issuer the claim `iss`, exactly
/// @param audience one of the claims `aud`
/// @param keys its public keys
public record TrustedIssuer(
        String issuer, String audience, JWKSource<SecurityContext> keys, ClaimMapping claims) {
    /// Asymmetric signatures only; never `none`, never a shared secret.
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512,
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512);

    private static final Set<String> REQUIRED_CLAIMS = Set.of("sub", "exp", "iss", "aud");

    DefaultJWTProcessor<SecurityContext> processor(Duration clockSkewMax, Clock clock) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new ClockedClaims(
                        audience,
                        new JWTClaimsSet.Builder().issuer(issuer).build(),
                        REQUIRED_CLAIMS,
                        clock);
        verifier.setMaxClockSkew(Math.toIntExact(clockSkewMax.toSeconds()));
        processor.setJWTClaimsSetVerifier(verifier);
        return processor;
    }

    private static final class ClockedClaims extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final Clock clock;

        ClockedClaims(String audience, JWTClaimsSet exact, Set<String> required, Clock clock) {
            super(audience, exact, required);
            this.clock = clock;
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
