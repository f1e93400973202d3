package dev.sheaf.node.queries;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Names of statements: 16 random bytes, so that nobody guesses another's.
public final class StatementIds {
    private static final int BYTES = 16;
    private final SecureRandom random;

    public StatementIds(SecureRandom random) {
        this.random = random;
    }

    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return "q-" + HexFormat.of().formatHex(bytes);
    }
}
