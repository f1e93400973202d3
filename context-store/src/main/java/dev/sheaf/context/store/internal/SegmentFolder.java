package dev.sheaf.context.store.internal;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The folder of a log: its lock, its segments in order, and how segments come and go so that a
/// crash leaves either all or nothing of each step.
///
/// Not safe for several threads; the log's locks see to that.
public final class SegmentFolder implements AutoCloseable {
    private static final String LOCK = "LOCK";
    private static final String UNFINISHED = ".tmp";
    private static final ByteBuffer ZERO = ByteBuffer.wrap(new byte[1]).asReadOnlyBuffer();

    /// What this process has open. The operating system forgets a process's lock on a file as soon
    /// as any of its descriptors is closed, so a second attempt must not even open the lock file.
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path realFolder;
    private final Disk disk;
    private final FileChannel lock;

    /// Makes the folder if it is not there, and takes its lock.
    ///
    /// @throws Problem CONFLICT when another process, or another part of this one, has it
    public SegmentFolder(Path folder, Disk disk) throws IOException {
        this.folder = folder;
        this.disk = disk;
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                disk.syncFolder(parent);
            }
        }
        realFolder = folder.toRealPath();
        if (!OPEN.add(realFolder)) {
            throw taken();
        }
        try {
            lock =
                    FileChannel.open(
                            folder.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!isLocked(lock)) {
                lock.close();
                throw taken();
            }
        } catch (IOException | RuntimeException e) {
            OPEN.remove(realFolder);
            throw e;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        FileLock held = channel.tryLock();
        return held != null;
    }

    private Problem taken() {
        return new Problem(
                ProblemCode.CONFLICT,
                "the log in "
                        + folder
                        + " is open already: only one process may have it. Stop the"
                        + " other node, or give this one a data folder of its own");
    }

    public Path path() {
        return folder;
    }

    /// The segments in order of position, after what a crash left unfinished was removed.
    ///
    /// @throws Problem STORAGE_FAILED when one is missing or its head is damaged;
    ///   INVALID_CONFIGURATION when the log is somebody else's
    public List<Segment> segments(String owner) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.sorted().toList()) {
                if (file.toString().endsWith(UNFINISHED)) {
                    Files.delete(file);
                } else if (Segment.isSegment(file)) {
                    files.add(file);
                }
            }
        }
        List<Segment> segments = new ArrayList<>();
        for (Path file : files) {
            Segment segment = head(file);
            if (!segment.header().owner().equals(owner)) {
                throw new Problem(
                        ProblemCode.INVALID_CONFIGURATION,
                        file
                                + " belongs to '"
                                + segment.header().owner()
                                + "', this node is '"
                                + owner
                                + "': give each node a data folder of its own");
            }
            if (!segments.isEmpty()
                    && segments.getLast().firstPosition() != segment.header().previousFirst()) {
                throw Disk.damaged(file, 0, "the segment before it is missing");
            }
            segments.add(segment);
        }
        return segments;
    }

    private Segment head(Path file) throws IOException {
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ)) {
            SegmentHeader header = SegmentHeader.read(channel, file);
            if (!file.getFileName().toString().equals(Segment.fileName(header.firstPosition()))) {
                throw Disk.damaged(file, 0, "it begins at position " + header.firstPosition());
            }
            return new Segment(file, header, lastsOf(snapshot(channel, file, header)));
        }
    }

    private static StreamLasts lastsOf(LogCatalog catalog) {
        return new StreamLasts(catalog.lasts());
    }

    /// What the snapshot record at a segment's head says.
    LogCatalog snapshot(FileChannel channel, Path file, SegmentHeader header) throws IOException {
        SegmentReader reader =
                new SegmentReader(
                        channel, file, header.salt(), SegmentHeader.BYTES, channel.size());
        if (reader.next() != SegmentReader.Step.RECORD
                || reader.header().type() != RecordType.SNAPSHOT) {
            throw Disk.damaged(file, SegmentHeader.BYTES, "its snapshot record is missing");
        }
        byte[] payload =
                reader.payload()
                        .orElseThrow(() ->
                                Disk.damaged(
                                        file,
                                        SegmentHeader.BYTES,
                                        "its snapshot record has a wrong checksum"));
        return LogCatalog.parse(payload);
    }

    /// Makes a durable new segment that has its head and room for records.
    ///
    /// @param room bytes that must fit beside the head
    public ActiveSegment create(
            SegmentHeader header, LogCatalog catalog, long segmentBytes, int room, int bufferBytes)
            throws IOException {
        byte[] snapshot = catalog.toBytes();
        long offset = SegmentHeader.BYTES + (long) RecordHeader.sizeOf(snapshot.length);
        long capacity = Math.max(segmentBytes, offset + room);
        ByteBuffer head =
                ByteBuffer.allocate(Math.toIntExact(offset)).order(ByteOrder.LITTLE_ENDIAN);
        head.put(header.toBytes());
        long before = header.firstPosition() - 1;
        new RecordHeader(header.salt())
                .put(
                        head,
                        RecordType.SNAPSHOT,
                        before,
                        0,
                        0,
                        0,
                        0,
                        0,
                        snapshot,
                        0,
                        snapshot.length);
        Path file = folder.resolve(Segment.fileName(header.firstPosition()));
        Path unfinished = unfinished(file);
        FileChannel channel =
                disk.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            writeAll(channel, head.flip(), 0);
            extend(channel, capacity);
            channel.force(true);
            publish(unfinished, file);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new ActiveSegment(
                new Segment(file, header, lastsOf(catalog)),
                channel,
                new SparseIndex(),
                offset,
                capacity,
                bufferBytes);
    }

    static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    /// Gives a finished file its name, durably.
    void publish(Path unfinished, Path file) throws IOException {
        Files.move(
                unfinished,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        disk.syncFolder(folder);
    }

    public void delete(Segment segment) throws IOException {
        Files.deleteIfExists(segment.file());
        disk.syncFolder(folder);
    }

    FileChannel open(Path file, java.nio.file.OpenOption... options) throws IOException {
        return disk.open(file, options);
    }

    static void writeAll(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        long place = offset;
        while (bytes.hasRemaining()) {
            place += channel.write(bytes, place);
        }
    }

    /// Puts copies of segments into a folder: of the closed ones as hard links where the file
    /// system can, of the last one up to where its records end.
    public static void copySegments(List<Segment> segments, long end, Path target)
            throws IOException {
        for (Segment segment : segments.subList(0, segments.size() - 1)) {
            linkOrCopy(segment.file(), target.resolve(segment.file().getFileName()));
        }
        Path last = segments.getLast().file();
        try (FileChannel source = FileChannel.open(last, StandardOpenOption.READ);
                FileChannel copy =
                        FileChannel.open(
                                target.resolve(last.getFileName()),
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE)) {
            copy(source, copy, end);
        }
    }

    private static void linkOrCopy(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (UnsupportedOperationException | IOException e) {
            // Another file system, or one without hard links; a real fault shows in the copy, too.
            Files.copy(file, target);
        }
    }

    /// Copies the first bytes of a file.
    static void copy(FileChannel source, FileChannel target, long bytes) throws IOException {
        long done = 0;
        while (done < bytes) {
            long moved = target.transferFrom(source.position(done), done, bytes - done);
            if (moved <= 0) {
                throw new IOException("the file ends at " + done + " instead of " + bytes);
            }
            done += moved;
        }
    }

    /// Sets a file's length beforehand, so that appending does not change it.
    static void extend(FileChannel channel, long bytes) throws IOException {
        if (channel.size() < bytes) {
            channel.write(ZERO.duplicate(), bytes - 1);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            lock.close();
        } finally {
            OPEN.remove(realFolder);
        }
    }
}
