package dev.sheaf.bench.context.baselines;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/// Appends records to a preallocated file on one thread, with one fdatasync for each batch. Neither
/// framing nor indexes: the least a durable log can do.
public final class BareLog {
    private static final int RECORD_BYTES = 300;
    private static final int BATCH = 256;

    private BareLog() {}

    /// @param directory on the disk that is to be measured; what is written is deleted again
    /// @param batches how many batches of 256 records
    public static ObjectNode measure(Path directory, int batches) throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(directory), "bare", ".log");
        try (FileChannel log =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer batch = ByteBuffer.allocateDirect(BATCH * RECORD_BYTES);
            for (int i = 0; i < batches; i++) {
                log.write(batch.clear());
            }
            log.force(true);
            log.position(0);
            CRC32C written = new CRC32C();
            long syncNanos = 0;
            long nanos = 0;
            SplittableRandom random = new SplittableRandom(7);
            byte[] record = new byte[RECORD_BYTES];
            for (int i = 0; i < batches; i++) {
                random.nextBytes(record);
                long begin = System.nanoTime();
                batch.clear();
                while (batch.hasRemaining()) {
                    batch.put(record);
                }
                log.write(batch.flip());
                long sync = System.nanoTime();
                log.force(false);
                long end = System.nanoTime();
                nanos += end - begin;
                syncNanos += end - sync;
                written.update(batch.flip());
            }
            if (checksum(log) != written.getValue()) {
                throw new IllegalStateException("the log does not hold what was written");
            }
            long records = (long) batches * BATCH;
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("baseline", "bare-log")
                    .put("records", records)
                    .put("recordBytes", RECORD_BYTES)
                    .put("batch", BATCH)
                    .put("recordsPerSecond", Math.round(records / (nanos / 1e9)))
                    .put("syncMicros", Math.round(syncNanos / 1e3 / batches));
        } finally {
            Files.delete(file);
        }
    }

    private static long checksum(FileChannel log) throws IOException {
        CRC32C read = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        log.position(0);
        while (log.read(buffer.clear()) >= 0) {
            read.update(buffer.flip());
        }
        return read.getValue();
    }
}
