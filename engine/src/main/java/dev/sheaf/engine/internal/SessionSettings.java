package dev.sheaf.engine.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a DuckDB instance is opened with. A warm worker is used again by sessions with equal
/// settings; for others it opens a new instance.
///
/// @param locked no statement can change a setting; otherwise the instance serves one session only
/// @param files absolute paths that may be read
/// @param directories absolute paths, ending with a slash, below which files may be read and
///   written
public record SessionSettings(
        long memoryBytesMax,
        long spillBytesMax,
        int threads,
        boolean locked,
        String scratch,
        List<String> files,
        List<String> directories) {
    public SessionSettings {
        files = List.copyOf(files);
        directories = List.copyOf(directories);
    }

    /// Where the worker of that process number spills: several may share a scratch directory.
    public String spillFolder(long pid) {
        return scratch + "/worker-" + pid;
    }

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(memoryBytesMax);
            out.writeLong(spillBytesMax);
            out.writeInt(threads);
            out.writeBoolean(locked);
            RowsCodec.writeText(out, scratch);
            writeAll(out, files);
            writeAll(out, directories);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e); // memory only
        }
        return bytes.toByteArray();
    }

    public static SessionSettings decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new SessionSettings(
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readBoolean(),
                RowsCodec.readText(in),
                readAll(in),
                readAll(in));
    }

    private static void writeAll(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            RowsCodec.writeText(out, text);
        }
    }

    private static List<String> readAll(DataInputStream in) throws IOException {
        int size = in.readInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(RowsCodec.readText(in));
        }
        return texts;
    }
}
