package dev.sheaf.node.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;

/// Public keys of issuers, as a JSON Web Key Set (RFC 7517) from a URL or a file.
///
/// Keys are fetched when the first token needs them and kept for some minutes; a token with an
/// unknown key makes them be fetched again, but not more often than [#FETCH_INTERVAL_MIN]. When the
/// issuer does not answer, the last keys count for [#OUTAGE_MAX].
public final class IssuerKeys {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    private static final Duration READ_MAX = Duration.ofSeconds(5);
    private static final ByteSize SET_MAX = new ByteSize(256 << 10);
    private static final Duration KEPT = Duration.ofMinutes(10);
    static final Duration FETCH_INTERVAL_MIN = Duration.ofSeconds(10);
    static final Duration OUTAGE_MAX = Duration.ofHours(4);

    private IssuerKeys() {}

    /// @throws Problem INVALID_CONFIGURATION when the URL is not https, unless it is of this
    ///   machine
    public static JWKSource<SecurityContext> at(URI url) {
        boolean local = "localhost".equals(url.getHost()) || "127.0.0.1".equals(url.getHost());
        if (!"https".equals(url.getScheme()) && !local) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "keys of an issuer are fetched by https only, not from " + url);
        }
        try {
            DefaultResourceRetriever bounded =
                    new DefaultResourceRetriever(
                            Math.toIntExact(CONNECT_MAX.toMillis()),
                            Math.toIntExact(READ_MAX.toMillis()),
                            Math.toIntExact(SET_MAX.bytes()));
            return careful(JWKSourceBuilder.create(url.toURL(), bounded));
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "'" + url + "' is not the URL of a key set",
                    e);
        }
    }

    public static JWKSource<SecurityContext> in(Path file) {
        return careful(JWKSourceBuilder.create(new FileSource(file)));
    }

    private static JWKSource<SecurityContext> careful(JWKSourceBuilder<SecurityContext> builder) {
        return builder.cache(KEPT.toMillis(), READ_MAX.toMillis())
                .refreshAheadCache(false)
                .rateLimited(FETCH_INTERVAL_MIN.toMillis())
                .outageTolerant(OUTAGE_MAX.toMillis())
                .build();
    }

    private record FileSource(Path file) implements JWKSetSource<SecurityContext> {
        @Override
        public JWKSet getJWKSet(
                com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator refresh,
                long currentTime,
                SecurityContext context)
                throws com.nimbusds.jose.KeySourceException {
            try {
                return JWKSet.parse(Files.readString(file));
            } catch (IOException | ParseException e) {
                throw new com.nimbusds.jose.KeySourceException(
                        "the key set " + file + " cannot be read", e);
            }
        }

        @Override
        public void close() {}
    }
}
