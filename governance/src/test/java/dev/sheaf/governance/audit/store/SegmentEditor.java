package dev.sheaf.governance.audit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Takes a segment apart and puts it together again with valid frames: what somebody can do who
/// knows the format and has the files, but not the key.
final class SegmentEditor {
    private final Path file;
    private final byte[] header;

    /// Entries and checkpoints in the order of the file; may be changed.
    final List<Piece> pieces = new ArrayList<>();

    /// One entry, or one checkpoint.
    record Piece(Frame.Type type, long sequence, byte[] bytes) {
        boolean isEntry() {
            return type == Frame.Type.ENTRIES;
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        Piece withText(String text) {
            return new Piece(type, sequence, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    SegmentEditor(Path file) throws IOException {
        this.file = file;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate(SegmentHeader.BYTES);
            AuditDisk.read(channel, head, 0);
            header = head.array();
            FrameReader reader = new FrameReader(channel, SegmentHeader.BYTES, channel.size());
            while (reader.next() instanceof FrameReader.Step.Whole whole) {
                Frame frame = whole.frame();
                if (frame.type() == Frame.Type.CHECKPOINT) {
                    pieces.add(new Piece(frame.type(), frame.sequence(), frame.payload()));
                    continue;
                }
                long sequence = frame.sequence();
                for (Frame.Item item : frame.entries()) {
                    pieces.add(new Piece(frame.type(), sequence++, item.entry()));
                }
            }
        }
    }

    /// Where an entry is among the pieces.
    int placeOf(long sequence) {
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).isEntry() && pieces.get(i).sequence() == sequence) {
                return i;
            }
        }
        throw new IllegalArgumentException("no entry " + sequence);
    }

    /// Where in the file the piece is when it is written: the entry itself, behind its frame's
    /// head.
    long offsetOf(int place) {
        long offset = SegmentHeader.BYTES;
        for (int i = 0; i < place; i++) {
            offset += Frame.HEADER_BYTES + payloadBytes(pieces.get(i));
        }
        return offset + Frame.HEADER_BYTES + Integer.BYTES;
    }

    private static int payloadBytes(Piece piece) {
        return piece.bytes().length + (piece.isEntry() ? Integer.BYTES : 0);
    }

    /// Each entry becomes a frame of its own.
    void write() throws IOException {
        int bytes = header.length;
        for (Piece piece : pieces) {
            bytes += Frame.HEADER_BYTES + payloadBytes(piece);
        }
        ByteBuffer out = ByteBuffer.allocate(bytes).put(header);
        for (Piece piece : pieces) {
            int start = out.position();
            out.position(start + Frame.HEADER_BYTES);
            if (piece.isEntry()) {
                out.putInt(piece.bytes().length);
            }
            out.put(piece.bytes());
            Frame.putHeader(out, start, piece.type(), piece.isEntry() ? 1 : 0, piece.sequence());
        }
        Files.write(file, out.array());
    }
}
