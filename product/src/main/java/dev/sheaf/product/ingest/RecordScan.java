package dev.sheaf.product.ingest;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Counts a CSV file's records without DuckDB, and finds out whether the file is plain enough to be
/// given to it as it is. One pass over the mapped bytes, eight at a time where nothing happens.
///
/// @param records without the header
/// @param longestBytes the longest record with its line end
/// @param plain true when every quote is opened and closed as it should be, line ends are all of
///   one kind, no record is longer than allowed, and the bytes are UTF-8 without NUL. If false, the
///   counts are not meaningful and [RecordSieve] has to sort the file out.
public record RecordScan(long records, long longestBytes, boolean plain) {
    private static final long FEEDS = Words.ofByte((byte) '\n');
    private static final long RETURNS = Words.ofByte((byte) '\r');

    /// @param recordBytesMax the longest record that is allowed
    public static RecordScan of(Path file, CsvDialect dialect, long recordBytesMax)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            MemorySegment bytes =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new Pass(bytes, dialect, recordBytesMax).run();
        }
    }

    /// The state of one pass.
    private static final class Pass {
        private final MemorySegment bytes;
        private final long size;
        private final CsvDialect dialect;
        private final long recordBytesMax;
        private final long quotes;
        private long records;
        private long longestBytes;
        private long lineFeeds;
        private long carriageReturns;
        private boolean blankLine;

        Pass(MemorySegment bytes, CsvDialect dialect, long recordBytesMax) {
            this.bytes = bytes;
            this.size = bytes.byteSize();
            this.dialect = dialect;
            this.recordBytesMax = recordBytesMax;
            this.quotes = Words.ofByte(dialect.quote());
        }

        RecordScan run() {
            long position = Utf8.bomBytes(bytes);
            long start = position;
            while (position < size) {
                position = skipPlain(position);
                if (position >= size) {
                    break;
                }
                byte current = bytes.get(ValueLayout.JAVA_BYTE, position);
                if (current == '\n') {
                    position++;
                    if (!endRecord(start, position)) {
                        return refused();
                    }
                    start = position;
                } else if (current < 0) {
                    position = Utf8.next(bytes, position, size);
                    if (position < 0) {
                        return refused();
                    }
                } else if (current == dialect.quote()
                        && dialect.quoted()
                        && opensField(position, start)) {
                    position = afterQuoted(position + 1, start);
                    if (position < 0) {
                        return refused();
                    }
                } else if (current == 0) {
                    return refused();
                } else {
                    if (current == '\r') {
                        carriageReturns++;
                        if (position + 1 >= size
                                || bytes.get(ValueLayout.JAVA_BYTE, position + 1) != '\n') {
                            return refused();
                        }
                    }
                    position++;
                }
            }
            if (start < size && !endRecord(start, size)) {
                return refused();
            }
            boolean oneKind = carriageReturns == 0 || carriageReturns == lineFeeds;
            if (!oneKind || blankLine) {
                return refused();
            }
            long data = dialect.header() ? Math.max(0, records - 1) : records;
            return new RecordScan(data, longestBytes, true);
        }

        private RecordScan refused() {
            return new RecordScan(0, 0, false);
        }

        /// The next position where something can happen.
        private long skipPlain(long from) {
            long position = from;
            while (position + Long.BYTES <= size) {
                long word = bytes.get(Words.LONG, position);
                long hits =
                        word
                                | Words.zeroBytes(word ^ FEEDS)
                                | Words.zeroBytes(word ^ RETURNS)
                                | Words.zeroBytes(word ^ quotes)
                                | Words.zeroBytes(word);
                hits &= Words.HIGHS;
                if (hits != 0) {
                    return position + Words.first(hits);
                }
                position += Long.BYTES;
            }
            return position;
        }

        /// A file with blank lines is not plain: whether they are records depends on its columns.
        private boolean endRecord(long start, long end) {
            long length = end - start;
            longestBytes = Math.max(longestBytes, length);
            boolean feed = bytes.get(ValueLayout.JAVA_BYTE, end - 1) == '\n';
            if (feed) {
                lineFeeds++;
            }
            boolean blank = feed && (length == 1 || length == 2 && at(start) == '\r');
            if (blank) {
                blankLine = true;
            } else {
                records++;
            }
            return length <= recordBytesMax;
        }

        private byte at(long position) {
            return bytes.get(ValueLayout.JAVA_BYTE, position);
        }

        private boolean opensField(long position, long start) {
            return position == start || at(position - 1) == dialect.delimiter();
        }

        /// The position after the closing quote, or -1 when it is not closed properly.
        private long afterQuoted(long from, long start) {
            long position = from;
            while (position < size) {
                byte current = at(position);
                if (current < 0) {
                    position = Utf8.next(bytes, position, size);
                    if (position < 0) {
                        return -1;
                    }
                    continue;
                }
                if (current == 0 || position - start > recordBytesMax) {
                    return -1;
                }
                if (current == dialect.escape()
                        && position + 1 < size
                        && escapes(at(position + 1))) {
                    position += 2;
                    continue;
                }
                position++;
                if (current == dialect.quote()) {
                    return closes(position) ? position : -1;
                }
            }
            return -1;
        }

        private boolean escapes(byte next) {
            return next == dialect.quote() || next == dialect.escape();
        }

        private boolean closes(long position) {
            if (position >= size) {
                return true;
            }
            byte next = at(position);
            return next == dialect.delimiter() || next == '\n' || next == '\r';
        }
    }
}
