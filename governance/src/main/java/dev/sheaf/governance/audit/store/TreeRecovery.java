package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.merkle.Tree;
import dev.sheaf.governance.audit.merkle.TreeFrontier;
import dev.sheaf.governance.audit.merkle.TreeHash;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Makes a log's tree fit its entries when it is opened: the hashes up to the last checkpoint are
/// kept if they have the signed root, those after it are made again from the entries; without such
/// hashes, all are.
final class TreeRecovery {
    private final Path folder;
    private final Recovery log;
    private final HashFiles hashes;

    TreeRecovery(Path folder, Recovery log, HashFiles hashes) {
        this.folder = folder;
        this.log = log;
        this.hashes = hashes;
    }

    /// @throws Problem STORAGE_FAILED when the entries are not those that were signed
    TreeFrontier run(Trust trust, List<SignedNote> remembered) throws IOException {
        Checkpoint signed =
                log.checkpoint().isPresent()
                        ? Checkpoint.parse(log.checkpoint().get().text())
                        : new Checkpoint(trust.origin(), 0, TreeHash.EMPTY);
        boolean isKept =
                hashes.stored().cover(signed.size())
                        && new Tree(signed.size(), hashes.stored()).root().equals(signed.root());
        long start = isKept ? signed.size() : 0;
        hashes.cutTo(start);
        TreeFrontier frontier = new TreeFrontier(new Tree(start, hashes.stored()));
        addEntries(frontier, start);
        if (frontier.size() != log.size()) {
            throw AuditDisk.damaged(
                    folder, 0, "it has entries up to " + frontier.size() + " of " + log.size());
        }
        hashes.flush();
        if (!new Tree(signed.size(), hashes.stored()).root().equals(signed.root())) {
            throw AuditDisk.damaged(
                    log.segments().getFirst().file(),
                    0,
                    "the first "
                            + signed.size()
                            + " entries are not those that were signed: the log was tampered with");
        }
        for (SignedNote note : remembered) {
            require(trust.read(note, "a remembered checkpoint"));
        }
        return frontier;
    }

    private void require(Checkpoint checkpoint) {
        if (checkpoint.size() > log.size()) {
            throw notContinued(
                    "a checkpoint of "
                            + checkpoint.size()
                            + " entries is remembered, and there are "
                            + log.size()
                            + ": the log was set back to an earlier state");
        }
        if (!new Tree(checkpoint.size(), hashes.stored()).root().equals(checkpoint.root())) {
            throw notContinued(
                    "the first "
                            + checkpoint.size()
                            + " entries are not those of a remembered checkpoint");
        }
    }

    private Problem notContinued(String what) {
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                "the audit log in "
                        + folder
                        + ": "
                        + what
                        + ". Signing on would fork it. Nothing was changed but hashes that can be"
                        + " made again; restore the log that was signed");
    }

    private void addEntries(TreeFrontier frontier, long start) throws IOException {
        List<Segment> segments = log.segments();
        for (int i = 0; i < segments.size(); i++) {
            boolean isLast = i == segments.size() - 1;
            if (!isLast && segments.get(i + 1).firstSequence() <= start) {
                continue;
            }
            Segment segment = segments.get(i);
            try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
                long limit = isLast ? log.end() : channel.size();
                addEntries(
                        frontier,
                        segment,
                        new FrameReader(channel, SegmentHeader.BYTES, limit),
                        start);
            }
        }
    }

    private void addEntries(TreeFrontier frontier, Segment segment, FrameReader reader, long start)
            throws IOException {
        while (true) {
            switch (reader.next()) {
                case FrameReader.Step.End end -> {
                    return;
                }
                case FrameReader.Step.Invalid invalid ->
                        throw AuditDisk.damaged(
                                segment.file(), invalid.offset(), "a group of entries is invalid");
                case FrameReader.Step.Whole whole ->
                        addEntries(frontier, segment, whole.frame(), start);
            }
        }
    }

    private void addEntries(TreeFrontier frontier, Segment segment, Frame frame, long start)
            throws IOException {
        if (frame.type() != Frame.Type.ENTRIES || frame.sequence() + frame.count() <= start) {
            return;
        }
        if (!frame.isIntact()) {
            throw AuditDisk.damaged(
                    segment.file(), frame.offset(), "a group of entries has a wrong checksum");
        }
        long sequence = frame.sequence();
        for (Frame.Item item : frame.entries()) {
            if (sequence >= start) {
                if (sequence != frontier.size()) {
                    throw AuditDisk.damaged(
                            segment.file(),
                            item.offset(),
                            "it has entry "
                                    + sequence
                                    + " where "
                                    + frontier.size()
                                    + " is expected");
                }
                frontier.add(TreeHash.leaf(item.entry()), hashes);
            }
            sequence++;
        }
        hashes.flush();
    }
}
