package dev.sheaf.node.links;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Makes frames of parts. Holds the parts of one frame at most; not thread-safe.
final class FrameAssembly {
    private byte @Nullable [] frame;
    private int next;

    /// The frame that this part completes, if it does.
    ///
    /// @throws BrokenStream when the part does not follow the one before, or sizes do not add up
    Optional<byte[]> add(Part part) throws BrokenStream {
        if (part.frameBytes() < 0
                || part.frameBytes() > Link.FRAME_BYTES_MAX
                || part.count() != Part.count(part.frameBytes())) {
            throw new BrokenStream(
                    "a frame of "
                            + part.frameBytes()
                            + " bytes in "
                            + part.count()
                            + " parts; at most "
                            + Link.FRAME_BYTES_MAX
                            + " bytes are allowed");
        }
        boolean sameFrame = frame == null || frame.length == part.frameBytes();
        if (part.number() != next || !sameFrame || part.length() != length(part)) {
            throw new BrokenStream(
                    "part "
                            + part.number()
                            + " with "
                            + part.length()
                            + " bytes came where part "
                            + next
                            + " was due");
        }
        if (part.count() == 1) {
            return Optional.of(part.bytes());
        }
        byte[] whole = frame == null ? new byte[part.frameBytes()] : frame;
        System.arraycopy(part.bytes(), 0, whole, part.number() * Part.BYTES_MAX, part.length());
        boolean complete = part.number() == part.count() - 1;
        frame = complete ? null : whole;
        next = complete ? 0 : next + 1;
        return complete ? Optional.of(whole) : Optional.empty();
    }

    private static int length(Part part) {
        return Math.min(Part.BYTES_MAX, part.frameBytes() - part.number() * Part.BYTES_MAX);
    }

    /// A peer sent what no peer sends.
    static final class BrokenStream extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenStream(String message) {
            super(message);
        }
    }
}
