package dev.sheaf.context.store;

import dev.sheaf.context.store.internal.SegmentHeader;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a [SegmentLog] is kept.
///
/// @param folder for the log alone; made when it is not there
/// @param owner mesh and node, written into each segment: another owner's log is refused
/// @param segmentBytes length of a segment file, from 64 KiB to 1 GiB; a larger record gets a
///   segment of its own length
/// @param bufferBytes of each of the two buffers that records wait in, from 4 KiB to 64 MiB
public record SegmentLogOptions(Path folder, String owner, long segmentBytes, int bufferBytes) {
    public static final long SEGMENT_BYTES = 64 << 20;
    public static final int BUFFER_BYTES = 1 << 20;
    private static final long SEGMENT_BYTES_MIN = 64 << 10;
    private static final long SEGMENT_BYTES_MAX = 1 << 30;
    private static final int BUFFER_BYTES_MIN = 4 << 10;
    private static final int BUFFER_BYTES_MAX = 64 << 20;

    public SegmentLogOptions {
        List<String> faults = new ArrayList<>();
        int ownerBytes = owner.getBytes(StandardCharsets.UTF_8).length;
        if (owner.isBlank() || ownerBytes > SegmentHeader.OWNER_BYTES_MAX) {
            faults.add(
                    "owner '"
                            + owner
                            + "' takes "
                            + ownerBytes
                            + " bytes; allowed are 1 to "
                            + SegmentHeader.OWNER_BYTES_MAX);
        }
        if (segmentBytes < SEGMENT_BYTES_MIN || segmentBytes > SEGMENT_BYTES_MAX) {
            faults.add(
                    "segmentBytes "
                            + segmentBytes
                            + " is not in "
                            + SEGMENT_BYTES_MIN
                            + " to "
                            + SEGMENT_BYTES_MAX);
        }
        if (bufferBytes < BUFFER_BYTES_MIN || bufferBytes > BUFFER_BYTES_MAX) {
            faults.add(
                    "bufferBytes "
                            + bufferBytes
                            + " is not in "
                            + BUFFER_BYTES_MIN
                            + " to "
                            + BUFFER_BYTES_MAX);
        }
        if (!faults.isEmpty()) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "the log in " + folder + ": " + String.join("; ", faults));
        }
    }

    /// With segments of 64 MiB and buffers of 1 MiB.
    public static SegmentLogOptions of(Path folder, String owner) {
        return new SegmentLogOptions(folder, owner, SEGMENT_BYTES, BUFFER_BYTES);
    }
}
