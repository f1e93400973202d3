package dev.sheaf.client;

import java.time.Instant;

/// A signed token; a secret, hence not shown by [#toString()].
public record Token(String token, Instant expiresAt) {
    @Override
    public String toString() {
        return "a token that expires at " + expiresAt;
    }
}
