package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Records of an extended header: `length key=value`, each with a line end.
///
/// Source: POSIX.1-2001, pax extended header.
final class PaxRecords {
    private PaxRecords() {}

    /// @throws Problem UNREADABLE_INPUT when they are none
    static Map<String, String> read(byte[] bytes) {
        Map<String, String> records = new HashMap<>();
        int at = 0;
        while (at < bytes.length) {
            int blank = at;
            while (blank < bytes.length && bytes[blank] >= '0' && bytes[blank] <= '9') {
                blank++;
            }
            boolean hasLength = blank > at && blank - at < 8;
            if (!hasLength || blank == bytes.length || bytes[blank] != ' ') {
                throw fault();
            }
            String digits = new String(bytes, at, blank - at, StandardCharsets.US_ASCII);
            int end = at + Integer.parseInt(digits);
            if (end > bytes.length || end - 1 <= blank || bytes[end - 1] != '\n') {
                throw fault();
            }
            String record = new String(bytes, blank + 1, end - blank - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals < 1) {
                throw fault();
            }
            records.put(record.substring(0, equals), record.substring(equals + 1));
            at = end;
        }
        return records;
    }

    private static Problem fault() {
        return Faults.broken("an extended header in the archive is damaged", null);
    }

    static byte[] write(String key, String value) {
        byte[] record = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
        int length = record.length;
        while (String.valueOf(length).length() + record.length != length) {
            length = String.valueOf(length).length() + record.length;
        }
        String text = length + " " + key + "=" + value + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
