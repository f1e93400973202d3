package dev.sheaf.node.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Verifies tokens of several issuers: signature, algorithm, issuer, audience, lifetime.
public final class TrustedIssuers implements TokenVerifier {
    private static final int TOKEN_CHARACTERS_MAX = 16 << 10;

    private record Check(TrustedIssuer issuer, DefaultJWTProcessor<SecurityContext> processor) {}

    private final Map<String, Check> checks = new HashMap<>();

    /// @param clockSkewMax how far an issuer's clock may differ
    public TrustedIssuers(List<TrustedIssuer> issuers, Duration clockSkewMax, Clock clock) {
        for (TrustedIssuer issuer : issuers) {
            checks.put(issuer.issuer(), new Check(issuer, issuer.processor(clockSkewMax, clock)));
        }
    }

    @Override
    public Principal verify(String token) {
        if (token.length() > TOKEN_CHARACTERS_MAX) {
            throw refused("the token is longer than " + TOKEN_CHARACTERS_MAX + " characters", null);
        }
        try {
            SignedJWT signed = SignedJWT.parse(token);
            String issuer = signed.getJWTClaimsSet().getIssuer();
            Check check = checks.get(issuer == null ? "" : issuer);
            if (check == null) {
                throw refused("the token's issuer is not one that this node trusts", null);
            }
            return check.issuer()
                    .claims()
                    .principal(check.processor().process(signed, (SecurityContext) null));
        } catch (ParseException e) {
            throw refused("the token is not a signed JWT", e);
        } catch (BadJWTException e) {
            throw refused("the token does not count: " + e.getMessage(), e);
        } catch (BadJOSEException e) {
            throw refused("the token's signature is not one of its issuer's keys", e);
        } catch (RemoteKeySourceException | JWKSetUnavailableException e) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "the issuer's keys cannot be fetched, so no token of it can be checked now",
                    e);
        } catch (KeySourceException e) {
            throw refused("the token's key is not known to its issuer", e);
        } catch (JOSEException e) {
            throw refused("the token's signature cannot be checked", e);
        }
    }

    private static Problem refused(String why, @Nullable Exception cause) {
        return new Problem(ProblemCode.UNAUTHENTICATED, why, cause);
    }
}
