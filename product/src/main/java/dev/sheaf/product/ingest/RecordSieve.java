package dev.sheaf.product.ingest;

import dev.sheaf.product.ingest.Malformed.Fault;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Copies a CSV file's well-formed records, each ended by a line feed, and hands over the others.
///
/// @param skipLines physical lines at the beginning that are not CSV
/// @param comment the first character of lines that are not records, or [CsvDialect#NONE]
/// @param columns what each record must have; empty takes it from the first record
public record RecordSieve(
        CsvDialect dialect, long recordBytesMax, int skipLines, byte comment, OptionalInt columns) {
    private static final int BUFFER_BYTES = 1 << 20;

    /// @param records well-formed ones in the copy, without its header
    /// @param malformed those handed over
    /// @param longestBytes the longest record of the copy
    public record Sieved(long records, long malformed, long longestBytes, LineMap lines) {}

    /// Reads `file`, writes `copy`; malformed records arrive in file order.
    public Sieved sieve(Path file, Path copy, Consumer<Malformed> refused) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel out =
                        FileChannel.open(
                                copy,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING);
                Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size(), arena);
            return new Pass(bytes, out, refused).run();
        }
    }

    private final class Pass {
        private final MemorySegment bytes;
        private final FileChannel out;
        private final Consumer<Malformed> refused;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        private final LineMap map = new LineMap();
        private int expected = columns.orElse(0);
        private long row;
        private long written;
        private long malformed;
        private long longestBytes;
        private long copyLine = 1;
        private boolean headerSeen = !dialect.header();

        Pass(MemorySegment bytes, FileChannel out, Consumer<Malformed> refused) {
            this.bytes = bytes;
            this.out = out;
            this.refused = refused;
        }

        Sieved run() throws IOException {
            RecordReader reader = new RecordReader(bytes, dialect, recordBytesMax);
            while (reader.advance()) {
                if (!skipped(reader)) {
                    record(reader);
                }
            }
            flush();
            return new Sieved(written, malformed, longestBytes, map);
        }

        private boolean skipped(RecordReader reader) {
            return reader.line() <= skipLines
                    || reader.blank() && (expected != 1 || !headerSeen)
                    || comment != CsvDialect.NONE
                            && !reader.blank()
                            && bytes.get(java.lang.foreign.ValueLayout.JAVA_BYTE, reader.start())
                                    == comment;
        }

        private void record(RecordReader reader) throws IOException {
            if (headerSeen) {
                row++;
            }
            if (expected == 0) {
                expected = reader.columns();
            }
            Optional<Fault> fault = reader.fault();
            if (fault.isEmpty() && reader.columns() != expected && headerSeen) {
                fault = Optional.of(Fault.COLUMNS);
            }
            if (fault.isPresent() && headerSeen) {
                malformed++;
                refused.accept(
                        new Malformed(
                                reader.line(), row, reader.raw(), fault.get(), value(reader)));
                return;
            }
            if (headerSeen) {
                written++;
            }
            headerSeen = true;
            longestBytes = Math.max(longestBytes, reader.contentEnd() - reader.start() + 1);
            map.shift(copyLine, reader.line() - copyLine, row - written);
            copyLine += reader.lines();
            write(reader.start(), reader.contentEnd());
        }

        private String value(RecordReader reader) {
            return switch (reader.fault().orElse(Fault.COLUMNS)) {
                case COLUMNS -> reader.columns() + " columns, expected " + expected;
                case TOO_LONG -> (reader.contentEnd() - reader.start()) + " bytes";
                case QUOTING, ENCODING, NUL, JSON -> "";
            };
        }

        private void write(long start, long end) throws IOException {
            for (long at = start; at < end; ) {
                if (!buffer.hasRemaining()) {
                    flush();
                }
                int length = (int) Math.min(buffer.remaining(), end - at);
                buffer.put(bytes.asSlice(at, length).asByteBuffer());
                at += length;
            }
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.put((byte) '\n');
        }

        private void flush() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            buffer.clear();
        }
    }
}
