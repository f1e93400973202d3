package dev.sheaf.product.quality;

import dev.sheaf.contract.QualityRule.Operator;
import dev.sheaf.contract.QualityRule.Threshold;
import dev.sheaf.contract.QualityRule.Unit;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.math.BigDecimal;
import java.util.List;

/// Judges a number by a rule's threshold. Between includes both ends, as in ODCS.
final class Thresholds {
    static final Threshold NONE_AT_ALL =
            new Threshold(Operator.MUST_BE, List.of(BigDecimal.ZERO), Unit.ROWS);
    static final Threshold SOME =
            new Threshold(Operator.MUST_BE_GREATER_THAN, List.of(BigDecimal.ZERO), Unit.ROWS);

    private Thresholds() {}

    /// @throws Problem INVALID_CONTRACT when the threshold lacks a value
    static boolean keeps(String rule, Threshold threshold, BigDecimal measured) {
        return switch (threshold.operator()) {
            case MUST_BE -> compare(rule, threshold, 0, measured) == 0;
            case MUST_NOT_BE -> compare(rule, threshold, 0, measured) != 0;
            case MUST_BE_GREATER_THAN -> compare(rule, threshold, 0, measured) > 0;
            case MUST_BE_GREATER_OR_EQUAL_TO -> compare(rule, threshold, 0, measured) >= 0;
            case MUST_BE_LESS_THAN -> compare(rule, threshold, 0, measured) < 0;
            case MUST_BE_LESS_OR_EQUAL_TO -> compare(rule, threshold, 0, measured) <= 0;
            case MUST_BE_BETWEEN -> between(rule, threshold, measured);
            case MUST_NOT_BE_BETWEEN -> !between(rule, threshold, measured);
        };
    }

    private static boolean between(String rule, Threshold threshold, BigDecimal measured) {
        return compare(rule, threshold, 0, measured) >= 0
                && compare(rule, threshold, 1, measured) <= 0;
    }

    private static int compare(String rule, Threshold threshold, int index, BigDecimal measured) {
        if (threshold.values().size() <= index) {
            throw new Problem(
                    ProblemCode.INVALID_CONTRACT,
                    "quality rule '" + rule + "' lacks a value for its threshold");
        }
        return measured.compareTo(threshold.values().get(index));
    }

    static String words(Threshold threshold) {
        String unit = threshold.unit() == Unit.PERCENT ? " %" : "";
        List<BigDecimal> values = threshold.values();
        String first = values.isEmpty() ? "?" : values.getFirst().toPlainString();
        String second = values.size() < 2 ? "?" : values.get(1).toPlainString();
        return switch (threshold.operator()) {
            case MUST_BE -> "= " + first + unit;
            case MUST_NOT_BE -> "<> " + first + unit;
            case MUST_BE_GREATER_THAN -> "> " + first + unit;
            case MUST_BE_GREATER_OR_EQUAL_TO -> ">= " + first + unit;
            case MUST_BE_LESS_THAN -> "< " + first + unit;
            case MUST_BE_LESS_OR_EQUAL_TO -> "<= " + first + unit;
            case MUST_BE_BETWEEN -> "between " + first + " and " + second + unit;
            case MUST_NOT_BE_BETWEEN -> "not between " + first + " and " + second + unit;
        };
    }
}
