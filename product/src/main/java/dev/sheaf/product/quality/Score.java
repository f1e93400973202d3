package dev.sheaf.product.quality;

import java.util.List;

/// The quality score of a release: the mean of its rules' credits, weighted by severity (critical
/// 5, error 3, warning 1, info 0). A passed rule has credit 1. A failed one that counts wrong rows
/// has the share of rows that are right, any other has 0. Rules that were not run do not count;
/// without any rule the score is 1.
public final class Score {
    private Score() {}

    public static double of(List<RuleResult> results) {
        double sum = 0;
        double weights = 0;
        for (RuleResult result : results) {
            if (!result.outcome().equals(RuleResult.NOT_RUN)) {
                int weight = Severity.of(result.severity()).weight();
                sum += weight * result.credit();
                weights += weight;
            }
        }
        return weights == 0 ? 1 : sum / weights;
    }
}
