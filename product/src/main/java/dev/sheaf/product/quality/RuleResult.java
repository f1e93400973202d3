package dev.sheaf.product.quality;

import java.math.BigDecimal;
import java.util.Optional;

/// What became of one quality rule.
///
/// @param kind `library`, `sql`, `references`, `freshness`, `text` or `custom`
/// @param measured empty when it was not run
/// @param expected in words, for example `= 0 rows`
/// @param outcome `passed`, `failed` or `notRun`
/// @param severity in lower case
/// @param rowsChecked rows of the release it was measured over
/// @param credit what it adds to the score, 0..1
/// @param reason why it failed or was not run, in a sentence
public record RuleResult(
        String name,
        Optional<String> column,
        Optional<String> dimension,
        String kind,
        Optional<BigDecimal> measured,
        String expected,
        String outcome,
        String severity,
        long rowsChecked,
        double credit,
        Optional<String> reason) {
    public static final String PASSED = "passed";
    public static final String FAILED = "failed";
    public static final String NOT_RUN = "notRun";

    /// Whether it alone refuses the release.
    public boolean blocks() {
        return outcome.equals(FAILED) && Severity.of(severity).blocks();
    }
}
