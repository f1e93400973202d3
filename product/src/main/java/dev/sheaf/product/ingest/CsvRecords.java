package dev.sheaf.product.ingest;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The fields of a few records, for sniffing and for reading a header line.
final class CsvRecords {
    private CsvRecords() {}

    /// @param complete whether the bytes are the whole file; if not, the last record is left out
    /// @return the well-formed records, at most `limit`; and how many were malformed before that
    static Sample read(
            byte[] bytes, CsvDialect dialect, int skipLines, int limit, boolean complete) {
        MemorySegment segment = MemorySegment.ofArray(bytes);
        RecordReader reader = new RecordReader(segment, dialect, bytes.length);
        List<List<String>> records = new ArrayList<>();
        int malformed = 0;
        while (records.size() < limit && reader.advance()) {
            boolean cut = !complete && reader.contentEnd() == bytes.length;
            if (reader.line() <= skipLines || reader.blank() || cut) {
                continue;
            }
            if (reader.fault().filter(fault -> fault == Malformed.Fault.QUOTING).isPresent()) {
                malformed++;
                continue;
            }
            records.add(fields(bytes, (int) reader.start(), (int) reader.contentEnd(), dialect));
        }
        return new Sample(records, malformed);
    }

    record Sample(List<List<String>> records, int malformed) {}

    static List<String> fields(byte[] bytes, int start, int end, CsvDialect dialect) {
        List<String> fields = new ArrayList<>();
        java.io.ByteArrayOutputStream field = new java.io.ByteArrayOutputStream();
        boolean inQuotes = false;
        boolean fieldStart = true;
        for (int at = start; at < end; at++) {
            byte current = bytes[at];
            if (inQuotes) {
                if (current == dialect.escape()
                        && at + 1 < end
                        && (bytes[at + 1] == dialect.quote()
                                || bytes[at + 1] == dialect.escape())) {
                    field.write(bytes[++at]);
                } else if (current == dialect.quote()) {
                    inQuotes = false;
                } else {
                    field.write(current);
                }
            } else if (fieldStart && dialect.quoted() && current == dialect.quote()) {
                inQuotes = true;
                fieldStart = false;
            } else if (current == dialect.delimiter()) {
                fields.add(field.toString(StandardCharsets.UTF_8));
                field.reset();
                fieldStart = true;
            } else {
                field.write(current);
                fieldStart = false;
            }
        }
        fields.add(field.toString(StandardCharsets.UTF_8));
        return fields;
    }
}
