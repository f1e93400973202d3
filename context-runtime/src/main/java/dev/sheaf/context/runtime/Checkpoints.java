package dev.sheaf.context.runtime;

import dev.sheaf.context.store.ContextStore;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Copies of an engine's folder: the declarations of types, and the store with its manifest, which
/// is written last: without it a copy does not count. Stateless.
final class Checkpoints {
    private static final String STORE = "store";
    private static final String TYPES = "types";

    private Checkpoints() {}

    /// @param engine the engine's folder
    /// @param folder must not exist, or be empty
    /// @return the log position up to which it has everything
    static long take(ContextStore store, Path engine, Path folder) {
        try {
            ContextStore.requireEmpty(folder, "a checkpoint");
            Files.createDirectories(folder);
            copyTypes(engine, folder);
            return store.checkpoint(folder.resolve(STORE));
        } catch (IOException e) {
            throw failed("a checkpoint cannot be written to " + folder, e);
        }
    }

    /// @param engine must not exist, or be empty
    static long restore(Path checkpoint, Path engine) {
        try {
            if (!Files.isDirectory(checkpoint.resolve(STORE))) {
                throw new Problem(
                        ProblemCode.UNREADABLE_INPUT,
                        checkpoint
                                + " is no checkpoint of the context: name a folder that 'sheaf"
                                + " context checkpoint' has written");
            }
            ContextStore.requireEmpty(engine, "a restored node");
            Files.createDirectories(engine);
            copyTypes(checkpoint, engine);
            try {
                return ContextStore.restore(checkpoint.resolve(STORE), engine.resolve(STORE));
            } catch (Problem e) {
                if (!Files.exists(engine.resolve(STORE))) {
                    deleteTypes(engine);
                }
                throw e;
            }
        } catch (IOException e) {
            throw failed("the checkpoint " + checkpoint + " cannot be restored to " + engine, e);
        }
    }

    private static void copyTypes(Path from, Path to) throws IOException {
        Path source = from.resolve(TYPES);
        Path target = Files.createDirectories(to.resolve(TYPES));
        if (!Files.isDirectory(source)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> listed = Files.list(source)) {
            files = listed.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Files.copy(file, target.resolve(file.getFileName().toString()));
        }
    }

    /// Nothing was restored: the next try finds the folder as this one did.
    private static void deleteTypes(Path engine) throws IOException {
        Path types = engine.resolve(TYPES);
        List<Path> files;
        try (Stream<Path> listed = Files.list(types)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(types);
    }

    private static Problem failed(String what, IOException cause) {
        return new Problem(ProblemCode.STORAGE_FAILED, what + ": " + cause, cause);
    }
}
