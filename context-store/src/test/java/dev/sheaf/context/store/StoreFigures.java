package dev.sheaf.context.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;

/// Figures of the store, for `docs/adr/0015`: start it by hand, `StoreFigures FOLDER ROUNDS
/// DOCUMENTS`.
///
/// Ratios to a bare file of the same run count, not the figures themselves.
final class StoreFigures {
    private static final int EVENT_BYTES = 300;
    private static final int BATCH_EVENTS = 256;
    private static final int BATCHES = 1_000;
    private static final int DOCUMENT_BATCH = 1_000;

    private final Path folder;
    private final PrintStream out;
    private final byte[] event = new byte[EVENT_BYTES];

    StoreFigures(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
        new Random(1).nextBytes(event);
    }

    /// Measures the log so many times, then loads so many documents.
    ///
    /// @param arguments a folder that does not exist, the rounds, and the documents
    public static void main(String[] arguments) throws Exception {
        StoreFigures figures =
                new StoreFigures(Files.createDirectories(Path.of(arguments[0])), System.out);
        for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
            double bare = figures.bare();
            figures.show("bare file", bare, bare);
            figures.show("log, a record an event", figures.log(1), bare);
            figures.show("log, records of 32 events", figures.log(32), bare);
            figures.show(
                    "group commit, records of 32, 1,024 in flight", figures.group(32, 1024), bare);
            figures.show(
                    "group commit, a record an event, 256 in flight", figures.group(1, 256), bare);
            figures.show("read back, records of 32", figures.read(), bare);
        }
        figures.documents(Integer.parseInt(arguments[2]));
    }

    private void show(String what, double perSecond, double bare) {
        out.printf("%-50s %,12.0f events/s  %3.0f %%%n", what, perSecond, 100 * perSecond / bare);
    }

    private static double rate(long count, long since) {
        return count / ((System.nanoTime() - since) / 1e9);
    }

    /// Batches of events appended to a growing file, an fdatasync after each.
    private double bare() throws IOException {
        Path file = folder.resolve("bare");
        ByteBuffer batch = ByteBuffer.allocateDirect(EVENT_BYTES * BATCH_EVENTS);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            for (int i = 0; i < BATCHES; i++) {
                batch.clear();
                while (batch.hasRemaining()) {
                    batch.put(event);
                }
                channel.write(batch.flip());
                channel.force(false);
            }
            return rate((long) BATCHES * BATCH_EVENTS, start);
        } finally {
            Files.delete(file);
        }
    }

    private SegmentLog open() {
        return SegmentLog.open(
                SegmentLogOptions.of(folder.resolve("log"), LogFolders.OWNER), new Random(1));
    }

    private void clear(Path doomed) throws IOException {
        for (Path file : LogFolders.files(doomed)) {
            Files.delete(file);
        }
    }

    private double log(int eventsInRecord) throws IOException {
        byte[] record = record(eventsInRecord);
        try (SegmentLog log = open()) {
            long next = 1;
            long start = System.nanoTime();
            for (int i = 0; i < BATCHES; i++) {
                for (int events = 0; events < BATCH_EVENTS; events += eventsInRecord) {
                    log.append(0, 0, next, next + eventsInRecord - 1, record, 0, record.length);
                    next += eventsInRecord;
                }
                log.sync();
            }
            return rate(next - 1, start);
        } finally {
            clear(folder.resolve("log"));
        }
    }

    private byte[] record(int events) {
        ByteBuffer record = ByteBuffer.allocate(events * EVENT_BYTES);
        while (record.hasRemaining()) {
            record.put(event);
        }
        return record.array();
    }

    private double group(int eventsInRecord, int eventsInFlight) throws Exception {
        byte[] record = record(eventsInRecord);
        Semaphore inFlight = new Semaphore(eventsInFlight);
        try (SegmentLog log = open();
                GroupCommit commit = new GroupCommit(log, Thread.ofPlatform().factory())) {
            long next = 1;
            long start = System.nanoTime();
            while (next < (long) BATCHES * BATCH_EVENTS / 2) {
                inFlight.acquire(eventsInRecord);
                long position =
                        log.append(0, 0, next, next + eventsInRecord - 1, record, 0, record.length);
                next += eventsInRecord;
                commit.whenSynced(
                        position,
                        () -> inFlight.release(eventsInRecord),
                        problem -> {
                            throw problem;
                        });
            }
            inFlight.acquire(eventsInFlight);
            return rate(next - 1, start);
        } finally {
            clear(folder.resolve("log"));
        }
    }

    private double read() throws IOException {
        byte[] record = record(32);
        try (SegmentLog log = open()) {
            long next = 1;
            while (next < (long) BATCHES * BATCH_EVENTS) {
                log.append(0, 0, next, next + 31, record, 0, record.length);
                next += 32;
            }
            log.sync();
            long start = System.nanoTime();
            if (log.read(0, 0, 1) instanceof LogRead.Open(LogCursor cursor)) {
                try (cursor) {
                    Optional<LogRecord> found = cursor.next();
                    while (found.isPresent()) {
                        found = cursor.next();
                    }
                }
            }
            return rate(next - 1, start);
        } finally {
            clear(folder.resolve("log"));
        }
    }

    private void documents(int count) throws IOException {
        Path place = folder.resolve("state");
        Random random = new Random(5);
        long start = System.nanoTime();
        try (RocksState state = RocksState.open(RocksStateOptions.of(place))) {
            StateBatch batch = new StateBatch();
            for (int i = 0; i < count; i++) {
                batch.put(Table.DOCUMENTS, key(i), document(random, i));
                if (batch.count() == DOCUMENT_BATCH) {
                    state.write(batch, i + 1L);
                }
            }
            state.write(batch, count);
            out.printf("documents put        %,12.0f /s%n", rate(count, start));
            state.flush();
            out.printf("documents flushed    %,12.0f /s%n", rate(count, start));
            reads(state, random, count);
            start = System.nanoTime();
            int scanned = 0;
            try (StateCursor cursor = state.scan(Table.DOCUMENTS, new byte[0], new byte[0])) {
                while (cursor.next().isPresent()) {
                    scanned++;
                }
            }
            out.printf("documents scanned    %,12.0f /s (%,d)%n", rate(scanned, start), scanned);
            Runtime runtime = Runtime.getRuntime();
            out.println(state.sizes());
            out.printf(
                    "heap %,d MiB, resident %s%n",
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20, resident());
        }
        start = System.nanoTime();
        RocksState.open(RocksStateOptions.of(place)).close();
        out.printf("opened and closed in %.0f ms%n", (System.nanoTime() - start) / 1e6);
    }

    private void reads(RocksState state, Random random, int count) {
        int reads = 100_000;
        long start = System.nanoTime();
        long bytes = 0;
        for (int i = 0; i < reads; i++) {
            bytes += state.get(Table.DOCUMENTS, key(random.nextInt(count))).orElseThrow().length;
        }
        out.printf(
                "documents read       %,12.0f /s (of %d bytes)%n",
                rate(reads, start), bytes / reads);
        start = System.nanoTime();
        for (int i = 0; i < reads; i += 100) {
            List<byte[]> keys = new ArrayList<>();
            for (int j = 0; j < 100; j++) {
                keys.add(key(random.nextInt(count)));
            }
            state.multiGet(Table.DOCUMENTS, keys);
        }
        out.printf("read by the hundred  %,12.0f /s%n", rate(reads, start));
    }

    private static byte[] key(int i) {
        return ("user-session-" + Integer.toHexString(i * 0x9E3779B1))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] document(Random random, int i) {
        StringBuilder text = new StringBuilder("{\"id\":" + i + ",\"messages\":[");
        while (text.length() < EVENT_BYTES) {
            text.append("{\"role\":\"user\",\"n\":").append(random.nextInt()).append("},");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("unknown");
    }
}
