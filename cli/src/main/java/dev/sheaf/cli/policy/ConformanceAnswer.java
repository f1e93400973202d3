package dev.sheaf.cli.policy;

import dev.sheaf.rego.conformance.ConformanceOutcome;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The shape of `sheaf policy conformance --json`.
///
/// @param passedOver files of other kinds
record ConformanceAnswer(
        int cases,
        int passed,
        int failed,
        int skipped,
        long millis,
        List<FileCounts> files,
        List<Failure> failures,
        List<Skip> skips,
        List<String> passedOver) {
    record FileCounts(String file, int passed, int failed, int skipped) {
        private FileCounts plus(ConformanceOutcome outcome) {
            return switch (outcome) {
                case ConformanceOutcome.Passed none ->
                        new FileCounts(file, passed + 1, failed, skipped);
                case ConformanceOutcome.Failed other ->
                        new FileCounts(file, passed, failed + 1, skipped);
                case ConformanceOutcome.Skipped other ->
                        new FileCounts(file, passed, failed, skipped + 1);
            };
        }
    }

    /// @param difference what was wanted and what came
    record Failure(String file, String note, String difference) {}

    record Skip(String file, String note, String reason) {}

    static ConformanceAnswer of(
            List<ConformanceSeries.Ended> ended, List<String> passedOver, long millis) {
        Map<String, FileCounts> files = new LinkedHashMap<>();
        List<Failure> failures = new ArrayList<>();
        List<Skip> skips = new ArrayList<>();
        for (ConformanceSeries.Ended each : ended) {
            FileCounts before =
                    files.getOrDefault(each.file(), new FileCounts(each.file(), 0, 0, 0));
            files.put(each.file(), before.plus(each.outcome()));
            switch (each.outcome()) {
                case ConformanceOutcome.Passed none -> {}
                case ConformanceOutcome.Failed(String difference) ->
                        failures.add(new Failure(each.file(), each.note(), difference));
                case ConformanceOutcome.Skipped(String reason) ->
                        skips.add(new Skip(each.file(), each.note(), reason));
            }
        }
        return new ConformanceAnswer(
                ended.size(),
                ended.size() - failures.size() - skips.size(),
                failures.size(),
                skips.size(),
                millis,
                List.copyOf(files.values()),
                failures,
                skips,
                passedOver);
    }
}
