package dev.sheaf.context.schema;

import java.util.HashMap;
import java.util.Map;

/// The patterns of one schema, each compiled once, and none of them too large, alone or together.
final class Patterns {
    private static final int SIZE_MAX = 5_000;
    private static final int TOTAL_MAX = 100_000;

    private final Map<String, TextPattern> known = new HashMap<>();
    private int total;

    TextPattern compile(String written) throws TextPattern.Unsupported {
        TextPattern compiled = known.get(written);
        if (compiled != null) {
            return compiled;
        }
        if (total > TOTAL_MAX) {
            throw new TextPattern.Unsupported(
                    "is one too many: the patterns of a schema may be "
                            + TOTAL_MAX
                            + " steps together; use fewer, or smaller counts");
        }
        TextPattern pattern = TextPattern.compile(written);
        total += pattern.size();
        if (pattern.size() > SIZE_MAX) {
            throw new TextPattern.Unsupported(
                    "comes to "
                            + pattern.size()
                            + " steps; "
                            + SIZE_MAX
                            + " are allowed: use maxLength beside a plainer pattern");
        }
        known.put(written, pattern);
        return pattern;
    }
}
