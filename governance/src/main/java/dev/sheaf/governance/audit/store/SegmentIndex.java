package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.AuditEvent;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The blocks of one segment, one for each 128 KiB of frames. It only makes searching faster, and
/// can be made again from the segment.
///
/// @param end of the last block: frames behind it are in no block yet
record SegmentIndex(List<IndexBlock> blocks, long end) {
    static final int BLOCK_BYTES = 128 << 10;
    private static final byte[] MAGIC = "SHEFAIX\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD_BYTES = 20;
    private static final int BLOCK_FIELDS_BYTES = 60;

    SegmentIndex {
        blocks = List.copyOf(blocks);
    }

    byte[] toBytes() {
        int bytes = HEAD_BYTES + Integer.BYTES;
        for (IndexBlock block : blocks) {
            bytes += BLOCK_FIELDS_BYTES + block.terms().wordCount() * Long.BYTES;
        }
        ByteBuffer out = ByteBuffer.allocate(bytes);
        out.put(MAGIC).putLong(end).putInt(blocks.size());
        for (IndexBlock block : blocks) {
            out.putLong(block.start()).putLong(block.end());
            out.putLong(block.firstSequence()).putInt(block.count());
            putTime(block.earliest(), out);
            putTime(block.latest(), out);
            out.putInt(block.decisions()).putInt(block.terms().wordCount());
            block.terms().write(out);
        }
        return out.putInt(checksum(out.array())).array();
    }

    private static void putTime(Instant time, ByteBuffer out) {
        out.putLong(time.getEpochSecond()).putInt(time.getNano());
    }

    private static Instant time(ByteBuffer in) {
        return Instant.ofEpochSecond(in.getLong(), in.getInt());
    }

    /// Empty when these bytes are no index.
    static Optional<SegmentIndex> parse(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < HEAD_BYTES + Integer.BYTES
                || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || in.getInt(bytes.length - Integer.BYTES) != checksum(bytes)) {
            return Optional.empty();
        }
        try {
            in.position(MAGIC.length);
            long end = in.getLong();
            int count = in.getInt();
            List<IndexBlock> blocks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                blocks.add(block(in));
            }
            return in.remaining() == Integer.BYTES
                    ? Optional.of(new SegmentIndex(blocks, end))
                    : Optional.empty();
        } catch (BufferUnderflowException | DateTimeException | ArithmeticException e) {
            // Whoever wrote this with a right checksum was not the log; it is made again.
            return Optional.empty();
        }
    }

    private static IndexBlock block(ByteBuffer in) {
        long start = in.getLong();
        long end = in.getLong();
        long first = in.getLong();
        int count = in.getInt();
        Instant earliest = time(in);
        Instant latest = time(in);
        int decisions = in.getInt();
        int words = in.getInt();
        if (words < 1 || words > in.remaining() / Long.BYTES) {
            throw new BufferUnderflowException();
        }
        return new IndexBlock(
                start, end, first, count, earliest, latest, decisions, TermFilter.read(in, words));
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) checksum.getValue();
    }

    /// Makes the index of a segment while it grows. For one thread.
    static final class Builder {
        private final List<IndexBlock> blocks = new ArrayList<>();
        private long[] terms = new long[256];
        private int termCount;
        private long start = SegmentHeader.BYTES;
        private long first;
        private int count;
        private int decisions;
        private Instant earliest = Instant.MAX;
        private Instant latest = Instant.MIN;

        /// Adds an entry of a frame that is not ended yet.
        void add(long sequence, AuditEvent event) {
            if (count == 0) {
                first = sequence;
            }
            count++;
            decisions |= IndexBlock.bit(event.decision());
            earliest = event.time().isBefore(earliest) ? event.time() : earliest;
            latest = event.time().isAfter(latest) ? event.time() : latest;
            IndexBlock.terms(event, this::addTerm);
        }

        private void addTerm(long term) {
            if (termCount == terms.length) {
                compact();
            }
            terms[termCount++] = term;
        }

        /// Sorts and drops what is there twice; makes room when that was not enough.
        private void compact() {
            Arrays.sort(terms, 0, termCount);
            int kept = 0;
            for (int i = 0; i < termCount; i++) {
                if (kept == 0 || terms[i] != terms[kept - 1]) {
                    terms[kept++] = terms[i];
                }
            }
            termCount = kept;
            if (termCount > terms.length / 2) {
                terms = Arrays.copyOf(terms, terms.length * 2);
            }
        }

        /// Ends a frame; ends the block too when it is long enough.
        void endFrame(long offset) {
            if (offset - start >= BLOCK_BYTES) {
                endBlock(offset);
            }
        }

        private void endBlock(long offset) {
            if (count > 0) {
                compact();
                blocks.add(
                        new IndexBlock(
                                start,
                                offset,
                                first,
                                count,
                                earliest,
                                latest,
                                decisions,
                                TermFilter.of(Arrays.copyOf(terms, termCount))));
            }
            start = offset;
            count = 0;
            termCount = 0;
            decisions = 0;
            earliest = Instant.MAX;
            latest = Instant.MIN;
        }

        /// What is indexed so far; a block that is not long enough is not.
        SegmentIndex soFar() {
            return new SegmentIndex(blocks, start);
        }

        /// Of a segment that gets no more frames.
        SegmentIndex finish(long offset) {
            endBlock(offset);
            return soFar();
        }
    }
}
