package dev.sheaf.lake.internal.range;

import dev.sheaf.lake.internal.parquet.ParquetFooter;
import dev.sheaf.lake.internal.range.Ranges.Range;

import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// One remote file's local copy with holes. Its lock is held while bytes are fetched, so that what
/// two queries need is fetched once; bytes count as present only after they were written.
final class SparseFile {
    /// DuckDB reads this much of the end to find the footer.
    private static final long TAIL_BYTES = 256L << 10;

    private static final long GAP_BYTES_MAX = 32L << 10;
    private static final long BLOCK_BYTES = 4096;

    private final FileIO files;
    private final String location;
    private final long length;
    private final Path path;
    private final Fetches fetches;
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by itself: ranges arrive on several threads.
    private final Ranges present = new Ranges();

    private Optional<ParquetFooter> footer = Optional.empty();

    SparseFile(FileIO files, String location, long length, Path path, Fetches fetches) {
        this.files = files;
        this.location = location;
        this.length = length;
        this.path = path;
        this.fetches = fetches;
    }

    Path path() {
        return path;
    }

    /// Makes the footer present, and the chunks of the given columns in the row groups chosen.
    ///
    /// @param columns top-level field ids
    /// @param allocated told by how many bytes the file grew on the disk
    void need(Set<Integer> columns, Predicate<ParquetFooter.Group> chosen, LongConsumer allocated)
            throws IOException {
        lock.lock();
        try {
            Ranges needed = new Ranges();
            needed.add(Math.max(0, length - TAIL_BYTES), length);
            ParquetFooter known = footer(needed, allocated);
            for (ParquetFooter.Group group : known.rowGroups()) {
                if (chosen.test(group)) {
                    group.chunks().stream()
                            .filter(chunk -> chunk.rootId().filter(columns::contains).isPresent())
                            .forEach(chunk -> add(needed, chunk));
                }
            }
            fetch(needed, allocated);
        } finally {
            lock.unlock();
        }
    }

    /// Makes every byte present.
    void needAll(LongConsumer allocated) throws IOException {
        lock.lock();
        try {
            Ranges all = new Ranges();
            all.add(0, length);
            fetch(all, allocated);
        } finally {
            lock.unlock();
        }
    }

    /// Bytes on the disk.
    long held() {
        lock.lock();
        try {
            return allocated();
        } finally {
            lock.unlock();
        }
    }

    private static void add(Ranges needed, ParquetFooter.Chunk chunk) {
        needed.add(chunk.offset(), chunk.offset() + chunk.length());
        chunk.bloom()
                .ifPresent(bloom -> needed.add(bloom.offset(), bloom.offset() + bloom.length()));
    }

    private ParquetFooter footer(Ranges needed, LongConsumer allocated) throws IOException {
        if (footer.isPresent()) {
            return footer.get();
        }
        fetch(needed, allocated);
        byte[] trailer = local(length - ParquetFooter.TRAILER_BYTES, ParquetFooter.TRAILER_BYTES);
        int fromEnd = ParquetFooter.lengthFromEnd(trailer);
        if (fromEnd > length) {
            throw new IOException("not a Parquet file: its footer would begin before it");
        }
        needed.add(length - fromEnd, length);
        fetch(needed, allocated);
        ParquetFooter parsed =
                ParquetFooter.parse(local(length - fromEnd, fromEnd - ParquetFooter.TRAILER_BYTES));
        footer = Optional.of(parsed);
        return parsed;
    }

    private void fetch(Ranges needed, LongConsumer allocated) throws IOException {
        Ranges clipped = new Ranges();
        needed.list().forEach(r -> clipped.add(Math.max(0, r.start()), Math.min(length, r.end())));
        List<Range> missing;
        synchronized (present) {
            missing = clipped.missingFrom(present, GAP_BYTES_MAX);
            long exactly = clipped.missingFrom(present, 0).stream().mapToLong(Range::length).sum();
            fetches.hit(clipped.bytes() - exactly);
        }
        if (missing.isEmpty()) {
            return;
        }
        long before = allocated();
        if (!Files.exists(path)) {
            try (RandomAccessFile created = new RandomAccessFile(path.toFile(), "rw")) {
                created.setLength(length);
            }
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            fetches.run(missing, range -> copy(range, channel));
        } finally {
            allocated.accept(allocated() - before);
        }
    }

    /// One range request; several run at once.
    private void copy(Range range, FileChannel channel) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(range.length())];
        try (SeekableInputStream in = files.newInputFile(location, length).newStream()) {
            if (in instanceof RangeReadable ranges) {
                ranges.readFully(range.start(), bytes, 0, bytes.length);
            } else {
                in.seek(range.start());
                if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                    throw new IOException(location + " is shorter than its table says");
                }
            }
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer, range.start() + buffer.position());
        }
        synchronized (present) {
            present.add(range.start(), range.end());
        }
    }

    private byte[] local(long position, int count) {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        try (FileChannel channel = FileChannel.open(path)) {
            while (buffer.hasRemaining()
                    && channel.read(buffer, position + buffer.position()) >= 0) {
                // until it is full
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.array();
    }

    /// Whole blocks of the file system that the present ranges touch.
    private long allocated() {
        Ranges blocks = new Ranges();
        synchronized (present) {
            present.list()
                    .forEach(range ->
                            blocks.add(
                                    range.start() / BLOCK_BYTES * BLOCK_BYTES,
                                    (range.end() + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES));
        }
        return blocks.bytes();
    }
}
