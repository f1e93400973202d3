package dev.sheaf.node.governance;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.sheaf.client.Wire;
import dev.sheaf.governance.source.PolicyFile;
import dev.sheaf.governance.source.PolicySource;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.rego.syntax.RegoVersion;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The files of one revision, as they came, with a list of them that shows any change: `files/…`
/// and `revision.json`. Written once.
final class RevisionFolder {
    private static final String LIST = "revision.json";
    private static final String FILES = "files";

    /// @param digest of the set
    private record Listed(
            @JsonProperty(required = true) String digest,
            @JsonProperty(required = true) List<Entry> files) {}

    /// @param sha256 of the bytes, hexadecimal
    private record Entry(
            @JsonProperty(required = true) String path,
            @JsonProperty(required = true) RegoVersion regoVersion,
            @JsonProperty(required = true) String sha256) {}

    private RevisionFolder() {}

    /// @param folder that is not there yet
    static void write(PolicyDisk disk, Path folder, PolicySource source, String digest)
            throws IOException {
        Path files = folder.resolve(FILES);
        disk.createFolders(files);
        TreeSet<Path> folders = new TreeSet<>(List.of(folder, files));
        List<Entry> entries = new ArrayList<>();
        for (PolicyFile file : source.files()) {
            byte[] bytes = file.text().getBytes(StandardCharsets.UTF_8);
            Path path = files.resolve(file.path());
            for (Path each = path.getParent(); each != null && !each.equals(files); ) {
                folders.add(each);
                each = each.getParent();
            }
            disk.createFolders(files.resolve(file.path()).resolveSibling(""));
            disk.create(path, bytes);
            entries.add(new Entry(file.path(), file.version(), Sha256.of(bytes).hex()));
        }
        disk.create(
                folder.resolve(LIST), Wire.json().writeValueAsBytes(new Listed(digest, entries)));
        for (Path each : folders.descendingSet()) {
            disk.sync(each);
        }
    }

    /// @param digest gets the digest of the set
    record Read(PolicySource source, String digest) {}

    /// @throws NoSuchFileException when there is no such revision, or a file of it is missing
    /// @throws IOException when it cannot be read, or is not what was written
    static Read read(Path folder) throws IOException {
        Listed listed;
        try {
            listed =
                    Wire.strictJson()
                            .readValue(Files.readAllBytes(folder.resolve(LIST)), Listed.class);
        } catch (JacksonException e) {
            throw new IOException(folder.resolve(LIST) + " cannot be read", e);
        }
        List<PolicyFile> files = new ArrayList<>();
        for (Entry entry : listed.files()) {
            Path path = folder.resolve(FILES).resolve(entry.path());
            byte[] bytes = Files.readAllBytes(path);
            if (!Sha256.of(bytes).hex().equals(entry.sha256())) {
                throw new IOException(path + " is not what was applied");
            }
            files.add(
                    new PolicyFile(
                            entry.path(),
                            new String(bytes, StandardCharsets.UTF_8),
                            entry.regoVersion()));
        }
        return new Read(new PolicySource(files), listed.digest());
    }
}
