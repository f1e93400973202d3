package dev.sheaf.lake.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.StoreConfig;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class LocalStoreTest extends ObjectStoreContract {
    @Override
    StoreConfig store() {
        return StoreConfig.local("local", temporary.resolve("störe with spaces"));
    }

    @Override
    StoreConfig withoutContainer() {
        return abort("a local root is made when it is first written");
    }

    @Override
    StoreConfig forbidden() {
        return abort("a local store has no credentials");
    }

    @Override
    StoreConfig unreachable() {
        return abort("a local store is always within reach");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaidToBeSo() throws IOException {
        // /sys refuses even root
        Path local = Files.writeString(temporary.resolve("x"), "x");
        try (RoutedFiles files =
                RoutedFiles.over(List.of(StoreConfig.local("sys", Path.of("/sys"))))) {
            Problem problem =
                    assertThrows(Problem.class, () -> files.upload(local, "file:///sys/a/b"));
            assertEquals(ProblemCode.STORAGE_FAILED, problem.code(), problem.message());
        }
    }

    @Test
    void aFullDiskIsSaidToBeFull() throws IOException {
        StoreConfig full = StoreConfig.local("full", Path.of("/dev"));
        if (!Files.exists(Path.of("/dev/full"))) {
            abort("no /dev/full here");
        }
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                new Guard("full", new LocalStore(), thrown -> thrown)
                                        .run(
                                                full.root() + "/full",
                                                () -> {
                                                    Files.write(
                                                            Path.of("/dev/full"), new byte[100]);
                                                    return true;
                                                }));
        assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
        assertEquals(
                "store 'full', file:///dev/full: no space is left; free space, then try again",
                problem.message());
    }
}
