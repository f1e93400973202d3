package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.AuditEvent;
import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.governance.audit.EncodedEvent;
import dev.sheaf.governance.audit.ExportLine;
import dev.sheaf.governance.audit.merkle.ConsistencyProof;
import dev.sheaf.governance.audit.merkle.InclusionProof;
import dev.sheaf.governance.audit.merkle.Tree;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.LogProof;
import dev.sheaf.governance.audit.note.NoteSigner;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// A log that only grows, in files of a folder, in which nothing can be changed, removed, moved or
/// put between without [AuditVerifier] finding it: entries are leaves of a Merkle tree, whose root
/// the log's key signs again and again. Specified in `spec/audit.md`.
///
/// For any thread. One thread of its own writes; callbacks of the futures run on it, and have to be
/// short. Numbers are given in the order of appending, whatever the events' times say.
///
/// What is signed cannot be changed unnoticed. What is newer than the last checkpoint, and the
/// whole log by somebody who has its key, can: therefore checkpoints are to be kept by somebody
/// else too.
public final class AuditLog implements AutoCloseable {
    private final AuditLogOptions options;
    private final AuditFiles files;
    private final Committer committer;

    private AuditLog(AuditLogOptions options, AuditFiles files, Committer committer) {
        this.options = options;
        this.files = files;
        this.committer = committer;
    }

    /// Opens a log, or begins one.
    ///
    /// What a crash left of entries that were not acknowledged is cut off. Entries that no
    /// checkpoint covers are signed with the next one.
    ///
    /// @param signer named as the origin by convention
    /// @param nanoClock like [System#nanoTime()]
    /// @throws Problem CONFLICT when it is open already; STORAGE_FAILED when what was signed is not
    ///   there, is not what was signed, or does not continue the remembered checkpoints;
    ///   INVALID_CONFIGURATION when it is another log or was signed with other keys
    public static AuditLog open(
            AuditLogOptions options,
            NoteSigner signer,
            ThreadFactory threads,
            LongSupplier nanoClock) {
        return open(options, signer, threads, nanoClock, new AuditDisk());
    }

    static AuditLog open(
            AuditLogOptions options,
            NoteSigner signer,
            ThreadFactory threads,
            LongSupplier nanoClock,
            AuditDisk disk) {
        try {
            AuditFiles files = AuditFiles.open(options, signer, disk);
            return new AuditLog(options, files, new Committer(files, options, threads, nanoClock));
        } catch (IOException e) {
            throw AuditDisk.failed("opening the audit log in", options.folder(), e);
        }
    }

    /// Appends an event; the future is complete when it is durable. It fails with a Problem
    /// STORAGE_FAILED when it is not, and a full disk may have room again for the next one.
    ///
    /// @throws Problem INVALID_VALUE or TOO_LARGE when the event cannot be an entry; BUSY when too
    ///   many wait already
    public CompletableFuture<AuditReceipt> append(AuditEvent event) {
        return committer.append(EncodedEvent.of(event));
    }

    /// How many entries are durable.
    public long size() {
        return files.view().size();
    }

    /// What was cut off when the log was opened.
    public Optional<TornTail> tornTail() {
        return files.tornTail();
    }

    /// The last checkpoint; none as long as nothing was signed.
    public Optional<SignedNote> checkpoint() {
        return files.view().checkpoint();
    }

    /// Signs everything that was appended and acknowledged, and waits for it.
    ///
    /// @return the last checkpoint; none when the log is empty
    /// @throws Problem STORAGE_FAILED when it cannot be written
    public Optional<SignedNote> sign() {
        try {
            committer.sign().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Problem problem
                    ? new Problem(problem.code(), problem.message(), problem.details(), problem)
                    : e;
        }
        return files.view().checkpoint();
    }

    /// @throws Problem NOT_FOUND when there is no such entry
    public AuditEntry entry(long sequence) {
        requireEntry(sequence);
        try (AuditCursor cursor = search(AuditQuery.ALL.withFromSequence(sequence))) {
            return cursor.next()
                    .filter(entry -> entry.sequence() == sequence)
                    .orElseThrow(() ->
                            AuditDisk.damaged(
                                    options.folder(), 0, "entry " + sequence + " is missing"));
        }
    }

    private void requireEntry(long sequence) {
        long size = size();
        if (sequence < 0 || sequence >= size) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "the audit log has no entry " + sequence + "; it has " + size + " entries");
        }
    }

    /// Looks for entries, as the log is now.
    public AuditCursor search(AuditQuery query) {
        return new AuditCursor(files.view(), query);
    }

    /// Looks for entries from the newest to the oldest, as the log is now.
    ///
    /// @param before entries from this number on are passed over
    public AuditBackCursor searchBackwards(AuditQuery query, long before) {
        return new AuditBackCursor(files.view(), query, before);
    }

    /// Proves that an entry is in the log; signs first when no checkpoint covers it.
    ///
    /// @throws Problem NOT_FOUND when there is no such entry
    public LogProof prove(long sequence) {
        requireEntry(sequence);
        LogView view = files.view();
        if (sequence >= view.signedSize()) {
            sign();
            view = files.view();
        }
        return prove(view, sequence);
    }

    private LogProof prove(LogView view, long sequence) {
        InclusionProof proof = new Tree(view.signedSize(), files.hashes()).inclusion(sequence);
        return new LogProof("", sequence, proof.path(), view.checkpoint().orElseThrow());
    }

    /// Proves that the log of one size is the beginning of the log of another.
    ///
    /// @throws Problem INVALID_VALUE when `from` is above `to`, or `to` above the signed size
    public ConsistencyProof proveConsistency(long from, long to) {
        long signed = files.view().signedSize();
        if (from < 0 || from > to || to > signed) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "no proof from size "
                            + from
                            + " to "
                            + to
                            + ": the first must not be above the second, and "
                            + signed
                            + " entries are signed");
        }
        return new Tree(to, files.hashes()).consistencyFrom(from);
    }

    /// Gives each entry that is looked for as a line of JSON, with a proof; signs first what is
    /// new.
    ///
    /// @param lines as [ExportLine] writes them, without line feeds
    /// @return how many
    /// @throws Problem STORAGE_FAILED when an entry is not the one that was signed
    public long export(AuditQuery query, Consumer<String> lines) {
        sign();
        LogView view = files.view();
        long count = 0;
        try (AuditCursor cursor = new AuditCursor(view, query)) {
            for (Optional<AuditEntry> next = cursor.next();
                    next.isPresent() && next.get().sequence() < view.signedSize();
                    next = cursor.next()) {
                AuditEntry entry = next.get();
                LogProof proof = prove(view, entry.sequence());
                requireProven(entry, proof);
                lines.accept(new ExportLine(entry, proof).toString());
                count++;
            }
        }
        return count;
    }

    private void requireProven(AuditEntry entry, LogProof proof) {
        Checkpoint signed = Checkpoint.parse(proof.checkpoint().text());
        boolean isProven =
                new InclusionProof(entry.sequence(), signed.size(), proof.path())
                        .proves(entry.leafHash(), signed.root());
        if (!isProven) {
            throw AuditDisk.damaged(
                    options.folder(),
                    0,
                    "entry " + entry.sequence() + " is not the one that was signed");
        }
    }

    /// Writes and signs what was appended, and closes the files.
    ///
    /// @throws Problem STORAGE_FAILED when that failed; what was acknowledged is durable even so
    @Override
    public void close() {
        try (files) {
            committer.close();
        }
    }
}
