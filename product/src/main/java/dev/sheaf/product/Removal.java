package dev.sheaf.product;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.TableHistory.StoredFile;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Rows and snapshots of a product that are taken out for good, from the intent to its end. It says
/// what goes and never whose data it was.
///
/// @param id unique, time-ordered, safe in a path; also the name of the data files it writes
/// @param by who asked for it
/// @param isRewrite whether the current snapshot is replaced by one without the rows
/// @param snapshots those that go; kept for ever, as they say what the releases after them consist
///   of
/// @param files what the snapshots consist of; empty once it is DONE
/// @param rows of the current snapshot that go
/// @param filesDeleted so far
/// @param bytesDeleted so far
public record Removal(
        String id,
        ProductName product,
        Kind kind,
        State state,
        String by,
        Instant at,
        boolean isRewrite,
        List<Gone> snapshots,
        List<StoredFile> files,
        long rows,
        long filesDeleted,
        long bytesDeleted) {
    public Removal {
        at = at.truncatedTo(ChronoUnit.MICROS);
        snapshots = List.copyOf(snapshots);
        files = List.copyOf(files);
    }

    /// This removal with what was found out since.
    public Removal with(List<Gone> moreSnapshots, List<StoredFile> moreFiles) {
        return new Removal(
                id,
                product,
                kind,
                state,
                by,
                at,
                isRewrite,
                moreSnapshots,
                moreFiles,
                rows,
                filesDeleted,
                bytesDeleted);
    }

    /// This removal at its end.
    public Removal ended(State end, long deletedFiles, long deletedBytes) {
        return new Removal(
                id,
                product,
                kind,
                end,
                by,
                at,
                isRewrite,
                snapshots,
                List.of(),
                end == State.ABANDONED ? 0 : rows,
                deletedFiles,
                deletedBytes);
    }

    /// Whether that release went with it, or is about to.
    public boolean tookRelease(long number) {
        return state != State.ABANDONED
                && snapshots.stream()
                        .anyMatch(gone -> gone.release().equals(OptionalLong.of(number)));
    }

    /// Why it was done.
    public enum Kind {
        /// A person's data was erased.
        ERASURE,
        /// What it took was older than the contract allows.
        RETENTION
    }

    /// How far it is.
    public enum State {
        /// Under way, or left behind by a crash.
        PREPARED,
        DONE,
        /// It ended before anything changed.
        ABANDONED
    }

    /// A snapshot that went, as far as others depend on it.
    ///
    /// @param release empty for one that was no release
    /// @param runId that made it; empty when none did
    /// @param isReplacement whether it took the place of all that was there before it
    public record Gone(
            long snapshotId,
            Optional<Long> parentId,
            OptionalLong release,
            String runId,
            boolean isReplacement) {}
}
