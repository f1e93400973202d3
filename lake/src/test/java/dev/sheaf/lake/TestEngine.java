package dev.sheaf.lake;

import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;

import java.nio.file.Path;
import java.util.List;

/// One engine for all tests of this JVM; its workers end with it.
public final class TestEngine {
    private static final WorkerEngine ENGINE =
            new WorkerEngine(
                    EngineConfig.in(Path.of("target", "engine-home").toAbsolutePath())
                            .withWorkers(2, 2));

    private TestEngine() {}

    /// A session that may read and write a directory.
    public static EngineSession session(Path directory) {
        return ENGINE.open(
                new SessionSpec(
                        SessionSpec.Purpose.PUBLISH,
                        ByteSize.ofMebibytes(512),
                        2,
                        directory,
                        List.of(directory),
                        List.of(directory)));
    }
}
