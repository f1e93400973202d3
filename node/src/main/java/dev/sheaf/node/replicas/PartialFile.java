package dev.sheaf.node.replicas;

import dev.sheaf.kernel.Sha256;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A file on its way here, in ranges from its beginning. Beside it lies a line for each range, with
/// its length and SHA-256: whatever a crash has left is held against them, and only what is whole
/// counts. For one thread.
final class PartialFile {
    private static final Pattern LINE = Pattern.compile("\\d{1,9} [0-9a-f]{64}");

    private final Path file;
    private final Path sums;
    private long verified;

    private PartialFile(Path file, Path sums, long verified) {
        this.file = file;
        this.sums = sums;
        this.verified = verified;
    }

    /// Looks at what is there, and cuts away what is not whole.
    static PartialFile open(Path file) throws IOException {
        Path sums = file.resolveSibling(file.getFileName() + ".sums");
        if (!Files.exists(file) || !Files.exists(sums)) {
            Files.deleteIfExists(sums);
            Files.write(file, new byte[0]);
            return new PartialFile(file, sums, 0);
        }
        long whole = 0;
        List<String> kept = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (String line :
                    new String(Files.readAllBytes(sums), StandardCharsets.ISO_8859_1)
                            .lines()
                            .toList()) {
                if (!LINE.matcher(line).matches()) {
                    break;
                }
                int length = Integer.parseInt(line.substring(0, line.indexOf(' ')));
                byte[] bytes =
                        length > PeerFiles.RANGE_BYTES_MAX ? new byte[0] : in.readNBytes(length);
                if (bytes.length != length || !line.endsWith(Sha256.of(bytes).hex())) {
                    break;
                }
                whole += length;
                kept.add(line + "\n");
            }
        }
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(whole);
        }
        Files.writeString(sums, String.join("", kept));
        return new PartialFile(file, sums, whole);
    }

    /// Bytes from the beginning that are right.
    long verified() {
        return verified;
    }

    Path path() {
        return file;
    }

    /// Adds the next range, which was held against its sum.
    void append(byte[] bytes, String sha256) throws IOException {
        try (OutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(bytes);
        }
        try (OutputStream out = new FileOutputStream(sums.toFile(), true)) {
            out.write((bytes.length + " " + sha256 + "\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        verified += bytes.length;
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(sums);
    }
}
