package dev.sheaf.product;

import dev.sheaf.lake.Lake.CommitMode;

/// How a product is released.
///
/// @param mode whether a release adds to the last one or takes its place
/// @param minScore the quality score, 0..1, below which a release is refused
public record PublishSettings(CommitMode mode, double minScore) {
    public static final double DEFAULT_MIN_SCORE = 0.95;
    public static final PublishSettings DEFAULT =
            new PublishSettings(CommitMode.APPEND, DEFAULT_MIN_SCORE);
}
