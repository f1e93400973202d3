package dev.sheaf.node.governance;

import dev.sheaf.client.Wire;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Who changed the policies, when and why: a file that only grows, one JSON object a line. A line
/// that was cut off by a crash was never acknowledged, and is dropped by the next one. For one
/// thread.
final class PolicyHistory {
    private final PolicyDisk disk;
    private final Path file;
    private final List<PolicyChange> changes;
    private long soundBytes;

    private PolicyHistory(PolicyDisk disk, Path file, List<PolicyChange> changes, long soundBytes) {
        this.disk = disk;
        this.file = file;
        this.changes = changes;
        this.soundBytes = soundBytes;
    }

    /// One that has no line yet.
    static PolicyHistory begin(PolicyDisk disk, Path file) {
        return new PolicyHistory(disk, file, new ArrayList<>(), 0);
    }

    /// @throws IOException when it cannot be read, or a whole line is none
    static PolicyHistory read(PolicyDisk disk, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<PolicyChange> changes = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                String line = new String(bytes, begin, i - begin, StandardCharsets.UTF_8);
                changes.add(change(file, changes.size() + 1, line));
                begin = i + 1;
            }
        }
        if (changes.isEmpty()) {
            throw new IOException(file + " has no line");
        }
        return new PolicyHistory(disk, file, changes, begin);
    }

    private static PolicyChange change(Path file, int number, String line) throws IOException {
        try {
            return Wire.strictJson().readValue(line, PolicyChange.class);
        } catch (JacksonException e) {
            throw new IOException(file + ": line " + number + " cannot be read", e);
        }
    }

    /// @throws IOException when it could not be written; then it may be there or not
    void add(PolicyChange change) throws IOException {
        byte[] line =
                (Wire.json().writeValueAsString(change) + "\n").getBytes(StandardCharsets.UTF_8);
        if (Files.exists(file) && Files.size(file) > soundBytes) {
            disk.truncate(file, soundBytes);
        }
        disk.append(file, line);
        soundBytes += line.length;
        changes.add(change);
    }

    /// Oldest first.
    List<PolicyChange> changes() {
        return List.copyOf(changes);
    }

    PolicyChange last() {
        return changes.getLast();
    }
}
