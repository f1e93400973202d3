package dev.sheaf.product;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.Sha256;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One publish of a product, from its beginning to its outcome.
///
/// Instants are cut to microseconds, which is what every ledger can keep.
///
/// @param id unique, time-ordered, safe in a path
/// @param release the release it made, from 1 without holes per product; empty unless COMMITTED
/// @param snapshotId the Iceberg snapshot of that release
/// @param rowsIn records found in the inputs; `rowsPublished + rowsQuarantined` once it is finished
/// @param score the quality score, empty when it was not reached
/// @param report the whole report (rules, counts, reasons) as JSON
/// @param quarantine where the rejected rows lie, empty when there are none
public record Run(
        String id,
        ProductName product,
        State state,
        String startedBy,
        Instant startedAt,
        Optional<Instant> finishedAt,
        String contractVersion,
        List<Input> inputs,
        OptionalLong release,
        OptionalLong snapshotId,
        long rowsIn,
        long rowsPublished,
        long rowsQuarantined,
        Optional<Double> score,
        Optional<String> report,
        Optional<String> quarantine) {
    public Run {
        inputs = List.copyOf(inputs);
        startedAt = startedAt.truncatedTo(ChronoUnit.MICROS);
        finishedAt = finishedAt.map(at -> at.truncatedTo(ChronoUnit.MICROS));
    }

    /// This run with other inputs.
    public Run withInputs(List<Input> others) {
        return new Run(
                id,
                product,
                state,
                startedBy,
                startedAt,
                finishedAt,
                contractVersion,
                others,
                release,
                snapshotId,
                rowsIn,
                rowsPublished,
                rowsQuarantined,
                score,
                report,
                quarantine);
    }

    /// Where a run ends.
    public enum State {
        /// Under way, or left behind by a crash.
        PREPARED,
        COMMITTED,
        /// Every input was already part of the current release.
        UNCHANGED,
        /// The quality gate said no.
        REFUSED,
        FAILED,
        CANCELLED
    }

    /// One input file by its content.
    public record Input(String name, Sha256 digest, long bytes) {}
}
