package dev.sheaf.product.ingest;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.PrimitiveIterator;

/// Finds records of a plain or sieved CSV file by their number, and those that DuckDB rejected by
/// where they begin. Reads only as far as the last one asked for; knows nothing of what is in them
/// but quotes and line ends.
public record RecordLocator(Path file, CsvDialect dialect, LineMap lines) {

    /// What is found, in file order.
    public interface Visitor {
        /// A record that DuckDB read.
        ///
        /// @param row the number asked for
        void row(long row, Found found);

        /// A record that DuckDB rejected.
        ///
        /// @param start the position asked for
        void rejected(long start, Found found);
    }

    /// @param line the record's first line in the original file, from 1
    /// @param row its number in the original file, from 1 and without the header
    /// @param raw its text, cut to [Malformed#RAW_CHARACTERS_MAX]
    public record Found(long line, long row, String raw) {}

    /// @param rows numbers from 0, ascending, among the records that are not rejected
    /// @param rejected byte positions of the rejected records, ascending, from 0; where lines end
    ///   with CR LF they may point at the LF before
    /// @throws IllegalStateException when a record asked for is not there
    public void find(
            PrimitiveIterator.OfLong rows, PrimitiveIterator.OfLong rejected, Visitor visitor)
            throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size(), arena);
            new Walk(bytes).run(rows, rejected, visitor);
        }
    }

    private static long next(PrimitiveIterator.OfLong iterator) {
        return iterator.hasNext() ? iterator.nextLong() : Long.MAX_VALUE;
    }

    private final class Walk {
        private final MemorySegment bytes;
        private final long size;
        private final long feeds = Words.ofByte((byte) '\n');
        private final long quotes = Words.ofByte(dialect.quoted() ? dialect.quote() : (byte) '\n');
        private long position;
        private long line = 1;

        Walk(MemorySegment bytes) {
            this.bytes = bytes;
            this.size = bytes.byteSize();
            this.position = Utf8.bomBytes(bytes);
        }

        void run(
                PrimitiveIterator.OfLong rows, PrimitiveIterator.OfLong rejected, Visitor visitor) {
            if (dialect.header() && position < size) {
                step();
            }
            long wantedRow = next(rows);
            long wantedStart = next(rejected);
            long row = 0;
            long record = 0;
            while (wantedRow != Long.MAX_VALUE || wantedStart != Long.MAX_VALUE) {
                if (position >= size) {
                    throw new IllegalStateException(
                            "a record asked for is beyond the end of " + file.getFileName());
                }
                long start = position;
                long startLine = line;
                step();
                record++;
                if (wantedStart <= start) {
                    visitor.rejected(start, found(start, startLine, record));
                    wantedStart = next(rejected);
                } else {
                    if (row == wantedRow) {
                        visitor.row(row, found(start, startLine, record));
                        wantedRow = next(rows);
                    }
                    row++;
                }
            }
        }

        private Found found(long start, long startLine, long record) {
            long end = position;
            if (end > start && at(end - 1) == '\n') {
                end--;
            }
            if (end > start && at(end - 1) == '\r') {
                end--;
            }
            return new Found(
                    lines.line(startLine),
                    lines.row(startLine, record),
                    RecordReader.raw(bytes, start, end));
        }

        /// To the beginning of the next record.
        private void step() {
            long start = position;
            while (true) {
                position = Words.next(bytes, position, size, feeds, quotes);
                if (position >= size) {
                    return;
                }
                byte current = at(position++);
                if (current == '\n') {
                    line++;
                    return;
                }
                if (dialect.quoted()
                        && current == dialect.quote()
                        && (position - 1 == start || at(position - 2) == dialect.delimiter())) {
                    skipQuoted();
                }
            }
        }

        /// Past the closing quote, or to the end.
        private void skipQuoted() {
            while (position < size) {
                byte current = at(position++);
                if (current == '\n') {
                    line++;
                } else if (!stillQuoted(current)) {
                    return;
                }
            }
        }

        private boolean stillQuoted(byte current) {
            if (current == dialect.escape()
                    && position < size
                    && (at(position) == dialect.quote() || at(position) == dialect.escape())) {
                position++;
                return true;
            }
            return current != dialect.quote();
        }

        private byte at(long index) {
            return bytes.get(ValueLayout.JAVA_BYTE, index);
        }
    }
}
