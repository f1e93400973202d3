package dev.sheaf.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One entry of a `quality` list.
///
/// @param name as written, or one made from metric and column; unique within its table
/// @param column the column it is stated for; empty for the whole table
/// @param check what is measured
/// @param threshold what the measurement must be; empty means the standard's default for the metric
/// @param severity as written in lower case, for example `error` or `warning`; `error` when silent
/// @param dimension for example `completeness`
public record QualityRule(
        String name,
        Optional<String> description,
        Optional<String> column,
        Check check,
        Optional<Threshold> threshold,
        String severity,
        Optional<String> dimension,
        Optional<String> businessImpact) {

    /// What a rule measures.
    public sealed interface Check {
        /// A metric of the standard's library.
        ///
        /// @param metric `nullValues`, `missingValues`, `invalidValues`, `duplicateValues` or
        ///   `rowCount` (3.0 names are translated: `duplicateCount`, `validValues`, …)
        /// @param arguments as written, JSON values
        record Library(String metric, Map<String, Object> arguments) implements Check {
            public Library {
                arguments = Map.copyOf(arguments);
            }
        }

        /// A query with one number as its answer; may use `${object}`/`{table}` and
        /// `${property}`/`{column}`.
        record Sql(String query) implements Check {}

        /// Prose for people; never fails.
        record Text() implements Check {}

        /// A rule for another engine; never run here, always reported as not run.
        record Custom(String engine, Object implementation) implements Check {}
    }

    /// @param unit what the measurement is given in
    public record Threshold(Operator operator, List<BigDecimal> values, Unit unit) {
        public Threshold {
            values = List.copyOf(values);
        }
    }

    public enum Unit {
        ROWS,
        PERCENT
    }

    /// Named as in ODCS.
    public enum Operator {
        MUST_BE,
        MUST_NOT_BE,
        MUST_BE_GREATER_THAN,
        MUST_BE_GREATER_OR_EQUAL_TO,
        MUST_BE_LESS_THAN,
        MUST_BE_LESS_OR_EQUAL_TO,
        MUST_BE_BETWEEN,
        MUST_NOT_BE_BETWEEN
    }
}
