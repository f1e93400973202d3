package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How an [AuditLog] is kept.
///
/// @param folder for the log alone; made when it is not there
/// @param origin the log's name in checkpoints, like `example.com/mesh/node-1`; up to 256 bytes
/// @param segmentBytes at which a segment is closed, from 4 KiB to 1 GiB
/// @param checkpointEntries after so many entries a checkpoint is signed, from 1
/// @param checkpointInterval after so long at most, when there are new entries; from 1 ms
/// @param queueBytes of events that may wait to be written, from 1 MiB to 1 GiB
/// @param earlierKeys with which earlier checkpoints of this log were signed
/// @param remembered checkpoints that somebody else kept: a log that does not continue them is not
///   opened
public record AuditLogOptions(
        Path folder,
        String origin,
        long segmentBytes,
        long checkpointEntries,
        Duration checkpointInterval,
        long queueBytes,
        List<NoteKey> earlierKeys,
        List<SignedNote> remembered) {
    public static final long SEGMENT_BYTES = 16 << 20;
    public static final long CHECKPOINT_ENTRIES = 10_000;
    public static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
    public static final long QUEUE_BYTES = 64 << 20;
    private static final long SEGMENT_BYTES_MIN = 4 << 10;
    private static final long SEGMENT_BYTES_MAX = 1 << 30;
    private static final long QUEUE_BYTES_MIN = 1 << 20;
    private static final long QUEUE_BYTES_MAX = 1 << 30;

    public AuditLogOptions {
        earlierKeys = List.copyOf(earlierKeys);
        remembered = List.copyOf(remembered);
        List<String> faults = new ArrayList<>();
        int originBytes = origin.getBytes(StandardCharsets.UTF_8).length;
        boolean isName =
                origin.codePoints()
                        .noneMatch(point ->
                                point == '+'
                                        || Character.isWhitespace(point)
                                        || Character.isISOControl(point));
        if (originBytes == 0 || originBytes > SegmentHeader.ORIGIN_BYTES_MAX || !isName) {
            faults.add(
                    "origin '"
                            + origin
                            + "' is no name of 1 to "
                            + SegmentHeader.ORIGIN_BYTES_MAX
                            + " bytes without spaces and plus signs");
        }
        require("segmentBytes", segmentBytes, SEGMENT_BYTES_MIN, SEGMENT_BYTES_MAX, faults);
        require("checkpointEntries", checkpointEntries, 1, Integer.MAX_VALUE, faults);
        require("queueBytes", queueBytes, QUEUE_BYTES_MIN, QUEUE_BYTES_MAX, faults);
        if (checkpointInterval.compareTo(Duration.ofMillis(1)) < 0
                || checkpointInterval.compareTo(Duration.ofDays(1)) > 0) {
            faults.add("checkpointInterval " + checkpointInterval + " is not in 1 ms to 1 day");
        }
        if (!faults.isEmpty()) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "the audit log in " + folder + ": " + String.join("; ", faults));
        }
    }

    private static void require(String name, long value, long min, long max, List<String> faults) {
        if (value < min || value > max) {
            faults.add(name + " " + value + " is not in " + min + " to " + max);
        }
    }

    /// With segments of 16 MiB, a checkpoint every 10,000 entries or 10 seconds, a queue of 64 MiB,
    /// no earlier keys and nothing remembered.
    public static AuditLogOptions of(Path folder, String origin) {
        return new AuditLogOptions(
                folder,
                origin,
                SEGMENT_BYTES,
                CHECKPOINT_ENTRIES,
                CHECKPOINT_INTERVAL,
                QUEUE_BYTES,
                List.of(),
                List.of());
    }
}
