package dev.sheaf.node.identity;

import dev.sheaf.kernel.Sha256;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Verifies each token once a second at most: the signature of one that comes thousands of times a
/// second would take a whole processor. What ends a token counts a second later at most. Tokens are
/// known by their digest only. For any thread.
public final class RecentTokens implements TokenVerifier {
    private static final Duration KEPT_MAX = Duration.ofSeconds(1);
    private static final int TOKENS_MAX = 10_000;

    private record Verified(Principal principal, Instant at) {}

    private final TokenVerifier tokens;
    private final Clock clock;
    private final Map<Sha256, Verified> recent = new ConcurrentHashMap<>();

    public RecentTokens(TokenVerifier tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Principal verify(String token) {
        Sha256 digest = Sha256.of(token.getBytes(StandardCharsets.UTF_8));
        Instant now = clock.instant();
        Verified known = recent.get(digest);
        if (known != null && !now.isBefore(known.at()) && now.isBefore(known.at().plus(KEPT_MAX))) {
            return known.principal();
        }
        Principal principal = tokens.verify(token);
        if (recent.size() >= TOKENS_MAX) {
            recent.clear();
        }
        recent.put(digest, new Verified(principal, now));
        return principal;
    }
}
