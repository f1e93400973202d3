package dev.sheaf.node.api;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Names of grants and keys of decisions, which no two nodes give twice.
public final class GrantIds {
    private static final int BYTES = 8;

    private final SecureRandom random;

    public GrantIds(SecureRandom random) {
        this.random = random;
    }

    String grant() {
        return "g-" + next();
    }

    String decision() {
        return "d-" + next();
    }

    private String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
