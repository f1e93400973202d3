package dev.sheaf.product.quality;

/// How much a broken rule matters.
public enum Severity {
    /// Blocks a release; weighs 5.
    CRITICAL(5, true),
    /// Blocks a release; weighs 3. What a rule without severity has.
    ERROR(3, true),
    /// Counts in the score only; weighs 1.
    WARNING(1, false),
    /// Reported only.
    INFO(0, false);

    private final int weight;
    private final boolean blocks;

    Severity(int weight, boolean blocks) {
        this.weight = weight;
        this.blocks = blocks;
    }

    int weight() {
        return weight;
    }

    /// Whether one failed rule of it refuses a release.
    public boolean blocks() {
        return blocks;
    }

    /// Reads ODCS's free text; what is not known counts as an error, which is the safe side.
    public static Severity of(String written) {
        return switch (written.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "critical", "blocker", "fatal", "high" -> CRITICAL;
            case "warning", "warn", "medium", "minor" -> WARNING;
            case "info", "information", "low", "debug" -> INFO;
            default -> ERROR;
        };
    }
}
