package dev.sheaf.rego.conformance;

/// What became of a case.
public sealed interface ConformanceOutcome {
    record Passed() implements ConformanceOutcome {}

    /// @param difference what was wanted and what came
    record Failed(String difference) implements ConformanceOutcome {}

    record Skipped(String reason) implements ConformanceOutcome {}
}
