package dev.sheaf.engine;

import dev.sheaf.engine.internal.SessionSettings;
import dev.sheaf.kernel.ByteSize;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// An engine whose sessions run in child processes of this one, each under an address-space limit.
///
/// Workers are kept warm between sessions and end when idle for long, when this engine closes, and
/// by themselves as soon as this process is gone. A worker that was killed or is in doubt is never
/// used again.
///
/// A session can reach the files its [SessionSpec] names and nothing else: no other file, no
/// network, no extension. Sessions of purpose QUERY are also locked: no statement can change a
/// setting. Their workers keep the DuckDB instance for the next session with an equal spec, so give
/// them the same directories and scratch each time; a session of purpose PUBLISH has an instance of
/// its own.
public final class WorkerEngine implements Engine {
    private static final int SWEEPS_PER_IDLE_MAX = 4;

    private final EngineConfig config;
    private final ScheduledThreadPoolExecutor timer;
    private final BufferAllocator memory = new RootAllocator();
    private final WorkerPool queries;
    private final WorkerPool publishes;

    /// @throws UncheckedIOException when the home directory cannot be written
    public WorkerEngine(EngineConfig config) {
        this.config = config;
        WorkerFiles files = new WorkerFiles(config.home(), config.functions());
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("engine-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        this.queries = pool("query", config.queryWorkersMax(), files);
        this.publishes = pool("publish", config.publishWorkersMax(), files);
        long sweepMillis = Math.max(1, config.idleMax().toMillis() / SWEEPS_PER_IDLE_MAX);
        timer.scheduleWithFixedDelay(
                this::endIdle, sweepMillis, sweepMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public EngineSession open(SessionSpec spec) {
        SessionSettings settings = settings(spec);
        ByteSize addressSpaceMax = config.addressSpaceMax(spec.memoryMax());
        WorkerPool pool = pool(spec.purpose());
        Worker worker = pool.acquire(settings, addressSpaceMax);
        return WorkerSession.open(worker, settings, config, memory, timer, pool);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        queries.close();
        publishes.close();
    }

    private WorkerPool pool(String name, int workersMax, WorkerFiles files) {
        return new WorkerPool(
                name,
                workersMax,
                config.waitMax(),
                limit -> Worker.start(config, files, limit, timer));
    }

    private WorkerPool pool(SessionSpec.Purpose purpose) {
        return switch (purpose) {
            case QUERY -> queries;
            case PUBLISH -> publishes;
        };
    }

    private void endIdle() {
        queries.endIdleSince(config.idleMax());
        publishes.endIdleSince(config.idleMax());
    }

    private SessionSettings settings(SessionSpec spec) {
        List<String> files = new ArrayList<>();
        List<String> directories = new ArrayList<>();
        for (Path path : spec.readable()) {
            if (Files.isDirectory(path)) {
                directories.add(folder(path));
            } else {
                files.add(real(path));
            }
        }
        spec.writable().forEach(path -> directories.add(folder(path)));
        return new SessionSettings(
                spec.memoryMax().bytes(),
                config.spillMax().bytes(),
                spec.threads(),
                spec.purpose() == SessionSpec.Purpose.QUERY,
                spec.scratch().toAbsolutePath().toString(),
                files,
                directories);
    }

    private static String folder(Path path) {
        return real(path) + "/";
    }

    private static String real(Path path) {
        try {
            return path.toRealPath().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("a session may use " + path + ", which is not there", e);
        }
    }
}
