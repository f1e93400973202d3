package dev.sheaf.context.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Records whose payloads say which they are, so that any mix-up shows.
final class LogContent {
    private LogContent() {}

    static byte[] payload(long sequence) {
        Random random = new Random(sequence);
        byte[] payload = new byte[random.nextInt(sequence % 50 == 0 ? 20_000 : 700)];
        random.nextBytes(payload);
        return payload;
    }

    /// Appends the record of this sequence number, which is also its position.
    static long append(EventLog log, long sequence) {
        byte[] payload = payload(sequence);
        return log.append(0, 0, sequence, sequence, payload, 0, payload.length);
    }

    static void append(EventLog log, long first, long last) {
        for (long sequence = first; sequence <= last; sequence++) {
            assertEquals(sequence, append(log, sequence));
        }
    }

    /// Checks that the log has exactly the records from 1 on, without holes.
    ///
    /// @return how many
    static long assertPrefix(EventLog log) {
        List<LogRecord> found = new ArrayList<>();
        log.replay(0, found::add);
        long sequence = 0;
        for (LogRecord record : found) {
            sequence++;
            assertEquals(sequence, record.position());
            assertEquals(sequence, record.firstSequence());
            assertArrayEquals(payload(sequence), record.payload());
        }
        assertEquals(sequence, log.syncedPosition());
        return sequence;
    }
}
