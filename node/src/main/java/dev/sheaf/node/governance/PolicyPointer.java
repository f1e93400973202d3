package dev.sheaf.node.governance;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.sheaf.client.Wire;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Which revision is in force: the file `current`, replaced in one step.
///
/// @param digest of the set
record PolicyPointer(
        @JsonProperty(required = true) long revision,
        @JsonProperty(required = true) String digest) {
    private static final String FILE = "current";

    static PolicyPointer to(PolicyStore.Revision revision) {
        return new PolicyPointer(revision.number(), revision.digest());
    }

    /// @throws IOException when it is missing, or is none
    static PolicyPointer read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            return Wire.strictJson().readValue(Files.readAllBytes(file), PolicyPointer.class);
        } catch (JacksonException e) {
            throw new IOException(file + " cannot be read", e);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is missing", e);
        }
    }

    /// @throws IOException when it could not be written; then it may be moved or not
    void write(PolicyDisk disk, Path folder) throws IOException {
        Path unfinished = folder.resolve(FILE + ".new");
        disk.delete(unfinished);
        disk.create(unfinished, Wire.json().writeValueAsBytes(this));
        disk.move(unfinished, folder.resolve(FILE));
        disk.sync(folder);
    }
}
