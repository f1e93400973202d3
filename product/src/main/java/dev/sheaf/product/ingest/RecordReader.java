package dev.sheaf.product.ingest;

import dev.sheaf.product.ingest.Malformed.Fault;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// Steps through any bytes as CSV records and says of each what is wrong with it. After
/// [#advance()] the getters describe the record.
///
/// Where a malformed record ends: at the first line end after the fault, or, if a quote is never
/// closed (or only beyond the longest record), at the end of its first line, so that one stray
/// quote does not swallow the rest of a file.
final class RecordReader {
    private final MemorySegment bytes;
    private final long size;
    private final CsvDialect dialect;
    private final long recordBytesMax;
    private long position;
    private long line = 1;
    private long nextLine = 1;
    private long start;
    private long contentEnd;
    private int columns;
    private Optional<Fault> fault = Optional.empty();
    private boolean encodingFault;
    private boolean nulFault;

    RecordReader(MemorySegment bytes, CsvDialect dialect, long recordBytesMax) {
        this.bytes = bytes;
        this.size = bytes.byteSize();
        this.dialect = dialect;
        this.recordBytesMax = recordBytesMax;
        this.position = Utf8.bomBytes(bytes);
    }

    /// Moves to the next record, blank lines included; false at the end.
    boolean advance() {
        if (position >= size) {
            return false;
        }
        start = position;
        line = nextLine;
        columns = 1;
        fault = Optional.empty();
        encodingFault = false;
        nulFault = false;
        boolean fieldStart = true;
        while (true) {
            if (position >= size) {
                end(size, size);
                return true;
            }
            byte current = at(position);
            if (current == '\n' || current == '\r') {
                boolean pair = current == '\r' && position + 1 < size && at(position + 1) == '\n';
                end(position, position + (pair ? 2 : 1));
                return true;
            }
            if (fieldStart && dialect.quoted() && current == dialect.quote()) {
                if (!quoted()) {
                    return true;
                }
                fieldStart = false;
            } else if (current == dialect.delimiter()) {
                columns++;
                fieldStart = true;
                position++;
            } else {
                fieldStart = false;
                character(current);
            }
        }
    }

    private void end(long contentEnd, long next) {
        this.contentEnd = contentEnd;
        position = next;
        nextLine++;
        if (fault.isEmpty() && contentEnd - start > recordBytesMax) {
            fault = Optional.of(Fault.TOO_LONG);
        }
    }

    private void character(byte current) {
        if (current > 0) {
            position++;
        } else if (current == 0) {
            nulFault = true;
            position++;
        } else {
            long next = Utf8.next(bytes, position, size);
            encodingFault |= next < 0;
            position = next < 0 ? position + 1 : next;
        }
    }

    /// Reads from an opening quote past the closing one; false when that fails, and then the record
    /// has ended.
    private boolean quoted() {
        long feeds = 0;
        position++;
        while (position < size && position - start <= recordBytesMax) {
            byte current = at(position);
            if (current == dialect.escape()
                    && position + 1 < size
                    && (at(position + 1) == dialect.quote()
                            || at(position + 1) == dialect.escape())) {
                position += 2;
            } else if (current == dialect.quote()) {
                position++;
                nextLine += feeds;
                if (position >= size || closes(at(position))) {
                    return true;
                }
                fault = Optional.of(Fault.QUOTING);
                toLineEnd(position);
                return false;
            } else {
                if (current == '\n') {
                    feeds++;
                }
                character(current);
            }
        }
        boolean overlong = position < size;
        long firstEnd = lineEnd(start);
        fault =
                Optional.of(
                        overlong && firstEnd - start > recordBytesMax
                                ? Fault.TOO_LONG
                                : Fault.QUOTING);
        encodingFault = false;
        nulFault = false;
        toLineEnd(start);
        return false;
    }

    private void toLineEnd(long from) {
        long end = lineEnd(from);
        boolean pair = end + 1 < size && at(end) == '\r' && at(end + 1) == '\n';
        Optional<Fault> kept = fault;
        end(end, Math.min(size, end + (pair ? 2 : 1)));
        fault = kept;
    }

    private long lineEnd(long from) {
        long end = from;
        while (end < size && at(end) != '\n' && at(end) != '\r') {
            end++;
        }
        return end;
    }

    private boolean closes(byte next) {
        return next == dialect.delimiter() || next == '\n' || next == '\r';
    }

    private byte at(long index) {
        return bytes.get(ValueLayout.JAVA_BYTE, index);
    }

    /// What is wrong, gravest first: length, quoting, encoding, NUL.
    Optional<Fault> fault() {
        if (fault.isPresent()) {
            return fault;
        }
        if (encodingFault) {
            return Optional.of(Fault.ENCODING);
        }
        return nulFault ? Optional.of(Fault.NUL) : Optional.empty();
    }

    boolean blank() {
        return contentEnd == start;
    }

    /// Where the record begins.
    long start() {
        return start;
    }

    /// Where it ends, without its line end.
    long contentEnd() {
        return contentEnd;
    }

    /// Its first physical line, from 1.
    long line() {
        return line;
    }

    /// The physical lines it covers.
    long lines() {
        return nextLine - line;
    }

    int columns() {
        return columns;
    }

    /// Its text, cut to what quarantine keeps.
    String raw() {
        return raw(bytes, start, contentEnd);
    }

    static String raw(MemorySegment bytes, long start, long end) {
        long length = Math.min(end - start, Malformed.RAW_CHARACTERS_MAX);
        byte[] copy = bytes.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(copy, java.nio.charset.StandardCharsets.UTF_8);
    }
}
