package dev.sheaf.product.publish;

import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.sample.ColumnProposal;
import dev.sheaf.product.sample.ColumnSample;

import java.util.List;

/// Who decides, once rows are checked and measured and before any is written, whether they become a
/// release. Called on the publishing thread, once per run, dry ones too.
@FunctionalInterface
public interface ReleaseGate {
    /// Lets everything through; for tests and tools without policies.
    ReleaseGate OPEN = candidate -> new Verdict(List.of(), List.of());

    /// @throws dev.sheaf.kernel.Problem when it cannot be decided; nothing is published then
    Verdict judge(Candidate candidate);

    /// What would become a release.
    ///
    /// @param location where its files would lie
    /// @param score of quality, 0 to 1
    /// @param samples of the rows that would be added, as they would be published; at least one for
    ///   each column. They hold values: they must not go to logs, reports or answers
    record Candidate(
            String runId,
            ProductSpec product,
            String location,
            double score,
            List<ColumnSample> samples) {
        public Candidate {
            samples = List.copyOf(samples);
        }
    }

    /// @param refusals why it must not be published, one sentence each; empty to go on
    /// @param proposals what the columns look like, for the report
    record Verdict(List<String> refusals, List<ColumnProposal> proposals) {
        public Verdict {
            refusals = List.copyOf(refusals);
            proposals = List.copyOf(proposals);
        }
    }
}
