package dev.sheaf.node.erasure;

import dev.sheaf.client.ErasureInfo;
import dev.sheaf.client.ErasureState;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.files.WholeFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What became of erasures, one JSON file each. Files take each other's place whole. For any
/// thread.
final class ErasureFolder {
    private static final String SUFFIX = ".json";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,100}");

    private final Path folder;

    /// @param folder exists
    ErasureFolder(Path folder) {
        this.folder = folder;
    }

    /// Erasures that a process before this one did not end are interrupted.
    void settle() {
        for (ErasureInfo info : list()) {
            if (info.state() == ErasureState.RUNNING) {
                write(
                        new ErasureInfo(
                                info.id(),
                                ErasureState.INTERRUPTED,
                                info.orderedBy(),
                                info.startedAt(),
                                info.finishedAt(),
                                info.reason(),
                                info.stores(),
                                Optional.of(
                                        "the node stopped before the erasure was complete; order it"
                                                + " again"),
                                info.auditEntry(),
                                info.certificate()));
            }
        }
    }

    synchronized void write(ErasureInfo info) {
        Path file = folder.resolve(info.id() + SUFFIX);
        try {
            WholeFile.write(file, Wire.json().writeValueAsBytes(info));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    Optional<ErasureInfo> find(String id) {
        Path file = folder.resolve(id + SUFFIX);
        return ID.matcher(id).matches() && Files.exists(file)
                ? Optional.of(read(file))
                : Optional.empty();
    }

    /// Newest first.
    List<ErasureInfo> list() {
        List<ErasureInfo> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(SUFFIX))
                    .forEach(file -> all.add(read(file)));
        } catch (IOException e) {
            throw failed(e);
        }
        all.sort(Comparator.comparing(ErasureInfo::startedAt).reversed());
        return all;
    }

    private ErasureInfo read(Path file) {
        try {
            return Wire.json().readValue(Files.readAllBytes(file), ErasureInfo.class);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Problem failed(IOException e) {
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                "the folder of erasures " + folder + " cannot be read or written",
                e);
    }
}
