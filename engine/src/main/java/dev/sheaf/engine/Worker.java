package dev.sheaf.engine;

import dev.sheaf.engine.internal.Frame;
import dev.sheaf.engine.internal.FrameReader;
import dev.sheaf.engine.internal.FrameType;
import dev.sheaf.engine.internal.FrameWriter;
import dev.sheaf.engine.internal.SessionSettings;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// One worker process and the pipe to it. Used by one session at a time; [#kill] by any thread.
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long EXIT_WAIT_SECONDS = 10;

    private final Process process;
    private final FrameReader answers;
    private final FrameWriter requests;
    private final StderrTail stderr;
    private final Thread stderrReader;
    private final ByteSize addressSpaceMax;
    private final Set<Path> leftovers = ConcurrentHashMap.newKeySet();
    private int lastRequest;
    private @Nullable SessionSettings settings;
    private long idleSinceNanos;

    private Worker(Process process, Path folder, ByteSize addressSpaceMax) {
        this.process = process;
        this.answers = new FrameReader(process.getInputStream());
        this.requests = new FrameWriter(process.getOutputStream());
        this.stderr = new StderrTail(process.getErrorStream());
        this.addressSpaceMax = addressSpaceMax;
        this.stderrReader = Thread.ofVirtual().name("worker-stderr").start(stderr);
        leftovers.add(folder);
        process.onExit().thenRun(() -> leftovers.forEach(WorkerFiles::deleteAll));
    }

    /// Starts a process and waits until it is ready.
    ///
    /// @throws Problem UNAVAILABLE when it does not become ready
    static Worker start(
            EngineConfig config,
            WorkerFiles files,
            ByteSize addressSpaceMax,
            ScheduledExecutorService timer) {
        try {
            Path folder = files.newWorkerFolder();
            Process process = WorkerCommand.of(files, folder, addressSpaceMax).start();
            Worker worker = new Worker(process, folder, addressSpaceMax);
            worker.awaitReady(config.startMax(), timer);
            return worker;
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE, "a worker could not be started: " + e.getMessage(), e);
        }
    }

    private void awaitReady(Duration startMax, ScheduledExecutorService timer) throws IOException {
        ScheduledFuture<?> limit =
                timer.schedule(this::kill, startMax.toMillis(), TimeUnit.MILLISECONDS);
        Optional<Frame> first = answers.read();
        limit.cancel(false);
        if (first.isEmpty() || first.get().type() != FrameType.READY) {
            kill();
            throw new IOException("it did not get ready. " + lastWords());
        }
        LOG.debug("worker {} is ready", process.pid());
    }

    long pid() {
        return process.pid();
    }

    ByteSize addressSpaceMax() {
        return addressSpaceMax;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean hasSettings(SessionSettings wanted) {
        return wanted.equals(settings);
    }

    /// To be called before the worker opens with them, as what it spills is deleted after its end.
    void setSettings(SessionSettings opened) {
        settings = opened;
        leftovers.add(Path.of(opened.spillFolder(process.pid())));
    }

    void setIdleSinceNanos(long nanos) {
        idleSinceNanos = nanos;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    int nextRequest() {
        return ++lastRequest;
    }

    void send(FrameType type, int request, byte[] payload) throws IOException {
        requests.write(type, request, payload);
    }

    void send(FrameType type, int request, byte[] payload, int length) throws IOException {
        requests.write(type, request, payload, length);
    }

    /// The next answer, or empty when the worker has gone.
    Optional<Frame> read() {
        try {
            return answers.read();
        } catch (IOException e) {
            LOG.debug("worker {}: {}", process.pid(), e.toString());
            kill();
            return Optional.empty();
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    /// How the process ended and what it said last; waits for its end.
    String lastWords() {
        try {
            if (!process.waitFor(EXIT_WAIT_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
            stderrReader.join(Duration.ofSeconds(EXIT_WAIT_SECONDS));
            return "Exit code " + process.waitFor() + ". " + stderr.text();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return stderr.text();
        }
    }
}
