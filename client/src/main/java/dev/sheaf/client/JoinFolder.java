package dev.sheaf.client;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// The data directory of a node that joins, before the node ever runs. Files are for this user
/// alone and whole or not at all; the configuration comes last, so that a folder that has one is
/// complete.
final class JoinFolder {
    private static final String OWNER_ONLY = "rw-------";
    private static final int LINE_CHARACTERS = 64;

    private final Path data;

    JoinFolder(Path data) {
        this.data = data;
    }

    private Path keys() {
        return data.resolve("keys").resolve("mesh");
    }

    Path authorityKey() {
        return keys().resolve("authority.key.pem");
    }

    /// The public half, until the certificate has it.
    Path requestedKey() {
        return keys().resolve("authority.request.pem");
    }

    Path configuration() {
        return data.resolve("sheaf.yaml");
    }

    /// @throws Problem CONFLICT when a node has run here, or another one has joined
    void requireFresh() {
        for (String taken : List.of("sheaf.yaml", "context", "node.lock", "members.json")) {
            if (Files.exists(data.resolve(taken))) {
                throw new Problem(
                        ProblemCode.CONFLICT,
                        data
                                + " has a node's "
                                + taken
                                + " already; a node joins with a data directory of its own that is"
                                + " empty (--data)");
            }
        }
    }

    /// @throws Problem STORAGE_FAILED
    void write(Path file, String text) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(
                    file.toAbsolutePath().resolveSibling(""),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            Files.deleteIfExists(part);
            try (FileChannel channel =
                    FileChannel.open(
                            part,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString(OWNER_ONLY)))) {
                Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8));
                channel.force(true);
            }
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Problem(ProblemCode.STORAGE_FAILED, file + " cannot be written: " + e, e);
        }
    }

    void write(JoinFacts facts, String configuration) {
        write(keys().resolve("root.pem"), facts.root());
        write(keys().resolve("authority.pem"), facts.authority());
        write(
                data.resolve("members.json"),
                Wire.json().writeValueAsString(java.util.Map.of("statements", facts.statements())));
        write(configuration(), configuration);
        try {
            Files.deleteIfExists(requestedKey());
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED, requestedKey() + " cannot be removed: " + e, e);
        }
    }

    static String pem(String label, byte[] content) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder(LINE_CHARACTERS, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END "
                + label
                + "-----\n";
    }

    /// What a file of one block holds.
    static byte[] unpem(Path file) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            if (!line.startsWith("-----")) {
                content.append(line.strip());
            }
        }
        return Base64.getDecoder().decode(content.toString());
    }
}
