package dev.sheaf.cli.audit;

import dev.sheaf.governance.audit.ExportLine;
import dev.sheaf.governance.audit.merkle.InclusionProof;
import dev.sheaf.governance.audit.merkle.TreeFrontier;
import dev.sheaf.governance.audit.merkle.TreeHash;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.governance.audit.store.AuditFinding.Kind;
import dev.sheaf.kernel.Problem;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Verifies an export: each line against its proof and the key, and that no line is missing, moved
/// or there twice. Holds one line in memory at a time. For one run by one thread.
final class ExportVerification {
    private static final int FLAWS_MAX = 1000;

    private final NoteKey key;
    private final boolean isPartial;
    private final List<Flaw> flaws = new ArrayList<>();
    private final Map<SignedNote, Optional<Checkpoint>> checkpoints = new HashMap<>();
    private final Map<Long, TreeHash> roots = new HashMap<>();
    private final TreeFrontier frontier = new TreeFrontier();
    private final List<Checkpoint> expected = new ArrayList<>();
    private boolean isGapless = true;
    private long number;
    private long entries;
    private long next;
    private long signedSize;

    /// @param isPartial whether entries may be missing, as in an export with conditions
    ExportVerification(NoteKey key, boolean isPartial) {
        this.key = key;
        this.isPartial = isPartial;
    }

    /// @param others checkpoints that were remembered, or that others kept
    Verdict verify(BufferedReader lines, List<SignedNote> others) throws IOException {
        int note = 0;
        for (SignedNote other : others) {
            TrustedCheckpoint.of(other, key, "remembered checkpoint " + ++note, this::add)
                    .ifPresent(expected::add);
        }
        expect();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            take(line);
        }
        return verdict();
    }

    private void take(String line) {
        ExportLine parsed;
        try {
            parsed = ExportLine.parse(line);
        } catch (Problem e) {
            isGapless = false;
            flaw(Kind.DAMAGED_FRAME, next, 1, e.message());
            return;
        }
        entries++;
        long sequence = parsed.entry().sequence();
        if (sequence < next) {
            isGapless = false;
            flaw(
                    sequence == next - 1 ? Kind.INSERTED : Kind.REORDERED,
                    sequence,
                    1,
                    "entry " + sequence + " stands behind entry " + (next - 1));
        } else {
            if (sequence > next && !isPartial) {
                flaw(
                        Kind.REMOVED,
                        next,
                        sequence - next,
                        "these entries are missing; if the export was made with conditions, say"
                                + " --partial");
            }
            isGapless &= sequence == next;
            next = sequence + 1;
        }
        TreeHash leaf = parsed.entry().leafHash();
        prove(parsed, leaf);
        if (isGapless) {
            frontier.add(leaf, (level, hash) -> {});
            expect();
        }
    }

    private void prove(ExportLine line, TreeHash leaf) {
        long sequence = line.entry().sequence();
        Optional<Checkpoint> signed =
                checkpoints.computeIfAbsent(
                        line.proof().checkpoint(),
                        note ->
                                TrustedCheckpoint.of(
                                        note, key, "the checkpoint in line " + number, this::add));
        if (signed.isEmpty()) {
            return;
        }
        Checkpoint checkpoint = signed.get();
        signedSize = Math.max(signedSize, checkpoint.size());
        TreeHash known = roots.putIfAbsent(checkpoint.size(), checkpoint.root());
        if (known != null && !known.equals(checkpoint.root())) {
            flaw(
                    Kind.REWRITTEN,
                    sequence,
                    0,
                    "two checkpoints of " + checkpoint.size() + " entries have different roots");
        }
        boolean isProven =
                line.proof().index() == sequence
                        && new InclusionProof(sequence, checkpoint.size(), line.proof().path())
                                .proves(leaf, checkpoint.root());
        if (!isProven) {
            flaw(
                    Kind.EDITED,
                    sequence,
                    1,
                    "the entry is not the one that was signed, or its proof is of another");
        }
    }

    /// Compares with what was remembered of the log at this size.
    private void expect() {
        for (Checkpoint checkpoint : expected) {
            if (checkpoint.size() == frontier.size()
                    && !checkpoint.root().equals(frontier.root())) {
                add(
                        Flaw.of(
                                Kind.REWRITTEN,
                                0,
                                checkpoint.size(),
                                "a remembered checkpoint of "
                                        + checkpoint.size()
                                        + " entries has another root"));
            }
        }
    }

    private Verdict verdict() {
        List<String> remarks = new ArrayList<>();
        if (next < signedSize && !isPartial) {
            add(
                    Flaw.of(
                            Kind.TRUNCATED,
                            next,
                            signedSize - next,
                            "the checkpoint has "
                                    + signedSize
                                    + " entries; the last of them are missing"));
        }
        if (entries == 0 && !isPartial) {
            add(
                    Flaw.of(
                            Kind.TRUNCATED,
                            0,
                            0,
                            "there are no entries, and a whole export has its own at least"));
        }
        for (Checkpoint checkpoint : expected) {
            if (checkpoint.size() > signedSize) {
                add(
                        Flaw.of(
                                Kind.ROLLED_BACK,
                                signedSize,
                                checkpoint.size() - signedSize,
                                "a remembered checkpoint has "
                                        + checkpoint.size()
                                        + " entries, the export's "
                                        + signedSize));
            } else if (checkpoint.size() > frontier.size()) {
                remarks.add(
                        "a remembered checkpoint of "
                                + checkpoint.size()
                                + " entries could not be compared, as entries before are missing");
            }
        }
        if (isPartial) {
            remarks.add("each entry is in the log; whether others are missing, was not asked");
        }
        return new Verdict(
                key.name(),
                key.toString(),
                Verdict.isIntact(flaws),
                entries,
                Math.min(entries, signedSize),
                flaws,
                remarks);
    }

    private void flaw(Kind kind, long entry, long count, String message) {
        add(Flaw.of(kind, entry, count, message).at("line " + number));
    }

    private void add(Flaw flaw) {
        if (flaws.size() < FLAWS_MAX) {
            flaws.add(flaw);
        }
    }
}
