package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.EncodedEvent;
import dev.sheaf.governance.audit.merkle.TreeFrontier;
import dev.sheaf.governance.audit.merkle.TreeHash;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.NoteSigner;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The log's files, written by one thread; others read by the [#view].
///
/// A write that fails (a full disk) is taken back: the log can be used when there is room again. A
/// sync that fails is final until the log is opened again, since nobody knows what the disk has.
final class AuditFiles implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final AuditLogOptions options;
    private final AuditDisk disk;
    private final AuditFolder folder;
    private final NoteSigner signer;
    private final HashFiles hashes;
    private final TreeFrontier frontier;
    private final Optional<TornTail> tornTail;
    private List<Segment> segments;
    private FileChannel active;
    private SegmentIndex.Builder index;
    private long end;
    private Optional<SignedNote> checkpoint;
    private long signedSize;
    private boolean isPublished;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private volatile LogView view;
    private volatile @Nullable Problem failure;

    private AuditFiles(
            AuditLogOptions options,
            AuditDisk disk,
            AuditFolder folder,
            NoteSigner signer,
            HashFiles hashes,
            TreeFrontier frontier,
            Recovery recovered)
            throws IOException {
        this.options = options;
        this.disk = disk;
        this.folder = folder;
        this.signer = signer;
        this.hashes = hashes;
        this.frontier = frontier;
        this.segments = recovered.segments();
        this.index = recovered.index();
        this.end = recovered.end();
        this.checkpoint = recovered.checkpoint();
        this.signedSize = recovered.signedSize();
        this.isPublished = recovered.isPublished();
        if (segments.isEmpty()) {
            this.active = create(0);
            this.tornTail = Optional.empty();
        } else {
            Path file = segments.getLast().file();
            this.active = disk.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            this.tornTail =
                    recovered.tornBytes() == 0
                            ? Optional.empty()
                            : Optional.of(new TornTail(file, end, recovered.tornBytes()));
            active.truncate(end);
            active.force(true);
        }
        this.view = viewNow();
    }

    /// @throws Problem as [AuditLog#open] says
    static AuditFiles open(AuditLogOptions options, NoteSigner signer, AuditDisk disk)
            throws IOException {
        List<NoteKey> keys = new ArrayList<>(options.earlierKeys());
        keys.add(signer.key());
        Trust trust = new Trust(options.origin(), keys);
        AuditFolder folder = new AuditFolder(options.folder(), disk);
        try {
            folder.removeUnfinished();
            Recovery recovered = Recovery.run(folder.path(), trust);
            HashFiles hashes = new HashFiles(folder.path(), disk);
            try {
                TreeFrontier frontier =
                        new TreeRecovery(folder.path(), recovered, hashes)
                                .run(trust, options.remembered());
                return new AuditFiles(options, disk, folder, signer, hashes, frontier, recovered);
            } catch (IOException | RuntimeException e) {
                hashes.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    LogView view() {
        return view;
    }

    StoredHashes hashes() {
        return hashes.stored();
    }

    Optional<TornTail> tornTail() {
        return tornTail;
    }

    /// How many entries no checkpoint covers.
    long unsigned() {
        return frontier.size() - signedSize;
    }

    private LogView viewNow() {
        return new LogView(segments, end, index.soFar(), frontier.size(), checkpoint, signedSize);
    }

    /// Makes events durable, all or none.
    ///
    /// @throws Problem STORAGE_FAILED when none is
    List<AuditReceipt> append(List<EncodedEvent> events) {
        settle();
        if (end >= options.segmentBytes()) {
            roll();
        }
        List<AuditReceipt> receipts = new ArrayList<>(events.size());
        startFrame();
        long first = frontier.size();
        for (EncodedEvent event : events) {
            byte[] entry = event.toBytes(first + receipts.size());
            reserve(Integer.BYTES + entry.length);
            buffer.putInt(entry.length).put(entry);
            receipts.add(new AuditReceipt(first + receipts.size(), TreeHash.leaf(entry)));
        }
        writeFrame(Frame.Type.ENTRIES, events.size(), first);
        for (int i = 0; i < events.size(); i++) {
            frontier.add(receipts.get(i).leafHash(), hashes);
            index.add(first + i, events.get(i).event());
        }
        index.endFrame(end);
        view = viewNow();
        return receipts;
    }

    /// Signs everything that is durable, if anything is new.
    ///
    /// @throws Problem STORAGE_FAILED when there is no new checkpoint
    void sign() {
        settle();
        if (unsigned() == 0) {
            return;
        }
        try {
            hashes.sync();
        } catch (IOException e) {
            throw fail("syncing the hashes in", folder.path(), e);
        }
        SignedNote note =
                signer.sign(
                        new Checkpoint(options.origin(), frontier.size(), frontier.root()).text());
        byte[] bytes = note.toBytes();
        startFrame();
        reserve(bytes.length);
        buffer.put(bytes);
        writeFrame(Frame.Type.CHECKPOINT, 0, frontier.size());
        index.endFrame(end);
        checkpoint = Optional.of(note);
        signedSize = frontier.size();
        isPublished = false;
        view = viewNow();
        settle();
    }

    /// Does what is still owed for entries and checkpoints that are durable.
    private void settle() {
        requireUsable();
        Path file = folder.checkpointFile();
        try {
            hashes.flush();
            if (!isPublished && checkpoint.isPresent()) {
                disk.replace(file, checkpoint.get().toBytes());
                isPublished = true;
            }
        } catch (IOException e) {
            throw AuditDisk.failed("writing beside the log, in", folder.path(), e);
        }
    }

    private void startFrame() {
        buffer.clear().position(Frame.HEADER_BYTES);
    }

    private void reserve(int bytes) {
        if (buffer.remaining() < bytes) {
            int capacity = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
            buffer = ByteBuffer.allocateDirect(capacity).put(buffer.flip());
        }
    }

    private void writeFrame(Frame.Type type, int count, long sequence) {
        Frame.putHeader(buffer, 0, type, count, sequence);
        buffer.flip();
        int bytes = buffer.limit();
        Path file = segments.getLast().file();
        try {
            AuditDisk.write(active, buffer, end);
        } catch (IOException e) {
            Problem problem = AuditDisk.failed("writing", file, e);
            try {
                active.truncate(end);
            } catch (IOException cutting) {
                problem.addSuppressed(cutting);
                failure = problem;
            }
            throw problem;
        }
        try {
            active.force(false);
        } catch (IOException e) {
            throw fail("syncing", file, e);
        }
        end += bytes;
    }

    /// Closes the segment, signed to its last entry, and begins the next with that checkpoint.
    private void roll() {
        sign();
        try {
            disk.replace(segments.getLast().indexFile(), index.finish(end).toBytes());
            FileChannel before = active;
            active = create(frontier.size());
            index = new SegmentIndex.Builder();
            before.close();
        } catch (IOException e) {
            throw AuditDisk.failed("beginning a segment in", folder.path(), e);
        }
        view = viewNow();
    }

    private FileChannel create(long firstSequence) throws IOException {
        startFrame();
        byte[] note = checkpoint.map(SignedNote::toBytes).orElse(new byte[0]);
        reserve(note.length);
        ByteBuffer head =
                ByteBuffer.wrap(new SegmentHeader(options.origin(), firstSequence).toBytes());
        Path file = folder.path().resolve(Segment.fileName(firstSequence));
        Path unfinished = file.resolveSibling(file.getFileName() + AuditDisk.UNFINISHED);
        FileChannel channel =
                disk.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        long length = SegmentHeader.BYTES;
        try {
            AuditDisk.write(channel, head, 0);
            if (checkpoint.isPresent()) {
                buffer.put(note);
                Frame.putHeader(buffer, 0, Frame.Type.CHECKPOINT, 0, signedSize);
                length += buffer.flip().limit();
                AuditDisk.write(channel, buffer, SegmentHeader.BYTES);
            }
            channel.force(true);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            disk.syncFolder(folder.path());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        List<Segment> longer = new ArrayList<>(segments);
        longer.add(new Segment(file, firstSequence));
        segments = longer;
        end = length;
        return channel;
    }

    /// Nothing is written any more.
    void giveUp(Problem why) {
        failure = why;
    }

    private void requireUsable() {
        Problem known = failure;
        if (known != null) {
            throw new Problem(known.code(), known.message(), known.details(), known);
        }
    }

    private Problem fail(String what, Path file, IOException cause) {
        Problem problem = AuditDisk.failed(what, file, cause);
        failure = problem;
        return problem;
    }

    /// Closes the files; what is not signed stays so.
    @Override
    public void close() {
        try (folder;
                hashes) {
            active.close();
        } catch (IOException e) {
            throw AuditDisk.failed("closing", folder.path(), e);
        }
    }
}
