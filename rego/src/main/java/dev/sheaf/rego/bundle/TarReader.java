package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the files of a tar archive: ustar, with pax headers and GNU's long names. Each file is
/// held in memory.
final class TarReader {
    private static final int EXTRA_BYTES_MAX = 64 << 10;

    private final InputStream in;
    private final ArchiveLimits limits;
    private final List<EntryName> names = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final List<BundleFile> files = new ArrayList<>();
    private int entries;

    /// What an extra header says of the entry behind it.
    private Map<String, String> extra = Map.of();

    private TarReader(InputStream in, ArchiveLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// @throws Problem UNREADABLE_INPUT when it is no intact archive, or has an entry that is not
    ///   allowed; LIMIT_EXCEEDED
    /// @throws IOException of the stream below
    static List<BundleFile> readGzip(InputStream in, ArchiveLimits limits) throws IOException {
        TarReader reader = new TarReader(new UnpackedStream(in, limits), limits);
        byte[] block = reader.block();
        while (!TarHeader.isEnd(block)) {
            reader.entry(new TarHeader(block));
            block = reader.block();
        }
        // What follows is of no interest, but only at its end gzip tells whether all was intact.
        reader.in.transferTo(java.io.OutputStream.nullOutputStream());
        EntryName.requireOneFolder(reader.names);
        return reader.files;
    }

    private byte[] block() throws IOException {
        return content(TarHeader.BLOCK_BYTES);
    }

    private byte[] content(long size) throws IOException {
        byte[] bytes = in.readNBytes(Math.toIntExact(size));
        if (bytes.length < size) {
            throw Faults.broken("the archive ends within an entry or without its end mark", null);
        }
        return bytes;
    }

    private byte[] padded(long size) throws IOException {
        byte[] bytes = content(size);
        content((TarHeader.BLOCK_BYTES - size % TarHeader.BLOCK_BYTES) % TarHeader.BLOCK_BYTES);
        return bytes;
    }

    private void entry(TarHeader header) throws IOException {
        entries++;
        if (entries > limits.entriesMax()) {
            throw Faults.tooLarge("it has too many entries", limits.entriesMax(), "entries");
        }
        switch (header.type()) {
            case 'x' -> extra = PaxRecords.read(extraContent(header));
            case 'g' -> PaxRecords.read(extraContent(header));
            case 'L' -> {
                byte[] name = extraContent(header);
                extra = Map.of("path", TarHeader.text(name, 0, name.length));
            }
            case 'K' -> extraContent(header);
            default -> {
                named(header, extra.getOrDefault("path", header.name()));
                extra = Map.of();
            }
        }
    }

    private byte[] extraContent(TarHeader header) throws IOException {
        if (header.size() > EXTRA_BYTES_MAX) {
            throw Faults.tooLarge("an extended header is too long", EXTRA_BYTES_MAX, "bytes");
        }
        return padded(header.size());
    }

    private void named(TarHeader header, String fullName) throws IOException {
        EntryName name = EntryName.of(fullName);
        boolean isFolder = header.type() == '5';
        boolean isFile = header.type() == '0' || header.type() == 0 || header.type() == '7';
        switch (header.type()) {
            case '1', '2' ->
                    throw Faults.unreadable(
                            fullName, "it is a link; put the file itself into the bundle", null);
            default -> {
                if (!isFile && !isFolder) {
                    throw Faults.unreadable(
                            fullName, "it is neither a file nor a folder; leave it out", null);
                }
            }
        }
        byte[] bytes = padded(size(header, fullName));
        names.add(name);
        if (isFolder || isFolderOfOld(fullName)) {
            return;
        }
        if (name.path().isEmpty()) {
            throw Faults.unreadable(fullName, "it has no name", null);
        }
        if (!seen.add(name.path())) {
            throw Faults.unreadable(fullName, "it is there twice; keep one of them", null);
        }
        files.add(new BundleFile(name.path(), bytes));
    }

    /// Old archives mark folders by a slash only.
    private static boolean isFolderOfOld(String name) {
        return name.endsWith("/");
    }

    private long size(TarHeader header, String name) {
        String written = extra.get("size");
        if (written != null && !written.matches("[0-9]{1,18}")) {
            throw Faults.unreadable(name, "its size is no number", null);
        }
        long size = written == null ? header.size() : Long.parseLong(written);
        if (size > limits.bytesPerFileMax()) {
            throw Faults.tooLarge(
                    "the entry \"" + name + "\" has " + size + " bytes",
                    limits.bytesPerFileMax(),
                    "bytes a file");
        }
        return size;
    }
}
