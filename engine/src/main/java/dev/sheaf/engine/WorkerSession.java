package dev.sheaf.engine;

import dev.sheaf.engine.EngineProblem.Kind;
import dev.sheaf.engine.internal.Frame;
import dev.sheaf.engine.internal.FrameType;
import dev.sheaf.engine.internal.RowsCodec;
import dev.sheaf.engine.internal.SessionSettings;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A session over one worker's pipe. The thread that asks is the one that reads the answer.
final class WorkerSession implements EngineSession {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSession.class);

    private final Worker worker;
    private final EngineConfig config;
    private final BufferAllocator memory;
    private final ScheduledExecutorService timer;
    private final WorkerPool pool;

    private final Object lock = new Object();
    private int running;
    private @Nullable Kind ending;
    private @Nullable ArrowResult source;
    private volatile boolean broken;
    private boolean closed;
    private volatile @Nullable StreamedResult streaming;
    private volatile double progress = -1;

    private WorkerSession(
            Worker worker,
            EngineConfig config,
            BufferAllocator memory,
            ScheduledExecutorService timer,
            WorkerPool pool) {
        this.worker = worker;
        this.config = config;
        this.memory = memory;
        this.timer = timer;
        this.pool = pool;
    }

    /// Takes over the worker: whatever happens, it goes back to the pool once.
    static WorkerSession open(
            Worker worker,
            SessionSettings settings,
            EngineConfig config,
            BufferAllocator memory,
            ScheduledExecutorService timer,
            WorkerPool pool) {
        WorkerSession session = new WorkerSession(worker, config, memory, timer, pool);
        try {
            worker.setSettings(settings);
            session.run(FrameType.OPEN, settings.encode(), config.smallResultMax());
            return session;
        } catch (EngineProblem e) {
            session.broken = true;
            session.close();
            throw new Problem(
                    ProblemCode.UNAVAILABLE, "a worker cannot open DuckDB: " + e.message(), e);
        }
    }

    @Override
    public void execute(String sql) {
        run(FrameType.EXECUTE, utf8(sql), config.smallResultMax());
    }

    @Override
    public Rows query(String sql) {
        byte[] result = run(FrameType.QUERY, utf8(sql), config.smallResultMax());
        try {
            return RowsCodec.readRows(new DataInputStream(new ByteArrayInputStream(result)));
        } catch (IOException e) {
            throw new UncheckedIOException("the worker's answer is damaged", e);
        }
    }

    @Override
    public String parse(String sql) {
        byte[] tree = run(FrameType.PARSE, utf8(sql), config.smallResultMax());
        return new String(tree, StandardCharsets.UTF_8);
    }

    @Override
    public String render(String syntaxTree) {
        byte[] sql = run(FrameType.RENDER, utf8(syntaxTree), config.smallResultMax());
        return new String(sql, StandardCharsets.UTF_8);
    }

    @Override
    public List<String> parameterTypes(String sql) {
        byte[] types = run(FrameType.PARAMETERS, utf8(sql), config.smallResultMax());
        return new String(types, StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public ArrowResult stream(String sql, Duration timeout) {
        return stream(FrameType.STREAM, sql, timeout);
    }

    @Override
    public ArrowResult streamComputed(String sql, Duration timeout) {
        return stream(FrameType.STREAM_COMPUTED, sql, timeout);
    }

    private ArrowResult stream(FrameType type, String sql, Duration timeout) {
        int request = begin(type, utf8(sql));
        StreamedResult result =
                new StreamedResult(
                        this,
                        request,
                        memory,
                        later(() -> interrupt(request, Kind.TIMED_OUT), timeout));
        streaming = result;
        try {
            result.readSchema();
            return result;
        } catch (RuntimeException e) {
            result.close();
            throw e;
        }
    }

    @Override
    public void load(String table, ArrowResult rows, Duration timeout) {
        int request = begin(FrameType.LOAD, utf8(table));
        Future<?> limit = later(() -> interrupt(request, Kind.TIMED_OUT), timeout);
        setSource(rows);
        try {
            new TableLoad(this, worker, request, rows).run();
        } catch (RuntimeException e) {
            Kind reason = endingReason();
            abandon(request);
            throw reason == null
                    ? e
                    : new EngineProblem(reason, "ended while rows were being loaded");
        } finally {
            setSource(null);
            limit.cancel(false);
        }
    }

    @Override
    public double progress() {
        return progress;
    }

    @Override
    public void cancel() {
        int request;
        synchronized (lock) {
            request = running;
        }
        if (request != 0) {
            interrupt(request, Kind.CANCELLED);
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        StreamedResult open = streaming;
        if (open != null) {
            open.close();
        }
        pool.release(worker, !broken && !isRunning() && closeInWorker());
    }

    /// True on closing when another thread is still in a statement, which then ends with its
    /// worker.
    private boolean isRunning() {
        synchronized (lock) {
            return running != 0;
        }
    }

    /// The next answer to the request that is not about progress.
    ///
    /// @throws EngineProblem when it failed, after which the request has ended
    Frame next(int request) {
        while (true) {
            Optional<Frame> frame = worker.read();
            if (frame.isEmpty()) {
                throw died(request);
            }
            Frame answer = frame.get();
            if (answer.request() != request) {
                continue;
            }
            switch (answer.type()) {
                case PROGRESS -> progress = ByteBuffer.wrap(answer.payload()).getDouble();
                case FAILED -> throw failed(request, answer.text());
                case CHUNK, CONSUMED -> {
                    return answer;
                }
                case DONE -> {
                    end(request);
                    return answer;
                }
                case OPEN,
                        EXECUTE,
                        QUERY,
                        STREAM,
                        STREAM_COMPUTED,
                        PARSE,
                        RENDER,
                        PARAMETERS,
                        LOAD,
                        INPUT,
                        INPUT_END,
                        CANCEL,
                        CLOSE,
                        READY -> {
                    worker.kill();
                    throw died(request);
                }
            }
        }
    }

    /// Cancels the request if it still runs, and reads its answer to the end.
    void abandon(int request) {
        synchronized (lock) {
            if (running != request) {
                return;
            }
        }
        interrupt(request, Kind.CANCELLED);
        try {
            while (next(request).type() != FrameType.DONE) {
                // nobody wants it any more
            }
        } catch (EngineProblem e) {
            if (e.kind() == Kind.WORKER_DIED) {
                broken = true;
            }
        }
    }

    private boolean closeInWorker() {
        try {
            ScheduledFuture<?> limit = later(worker::kill, config.cancelGrace().plusSeconds(1));
            int request = worker.nextRequest();
            synchronized (lock) {
                running = request;
            }
            worker.send(FrameType.CLOSE, request, new byte[0]);
            return next(request).type() == FrameType.DONE && limit.cancel(false);
        } catch (EngineProblem | Problem | IOException e) {
            LOG.debug("worker {} is not kept: {}", worker.pid(), e.toString());
            return false;
        }
    }

    private byte[] run(FrameType type, byte[] payload, ByteSize resultMax) {
        int request = begin(type, payload);
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        for (Frame frame = next(request); frame.type() == FrameType.CHUNK; frame = next(request)) {
            if (result.size() + (long) frame.payload().length > resultMax.bytes()) {
                abandon(request);
                throw new Problem(
                        ProblemCode.LIMIT_EXCEEDED,
                        "the result is larger than " + resultMax + "; it must be streamed");
            }
            result.writeBytes(frame.payload());
        }
        return result.toByteArray();
    }

    private int begin(FrameType type, byte[] payload) {
        int request;
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the session has been closed");
            }
            if (running != 0) {
                throw new IllegalStateException("a session runs one statement at a time");
            }
            request = worker.nextRequest();
            running = request;
            ending = null;
        }
        progress = -1;
        try {
            worker.send(type, request, payload);
        } catch (IOException e) {
            throw died(request);
        }
        return request;
    }

    private void end(int request) {
        synchronized (lock) {
            if (running == request) {
                running = 0;
            }
        }
    }

    /// Asks the worker to stop; kills it when it has not after the grace period.
    private void interrupt(int request, Kind reason) {
        ArrowResult waking;
        synchronized (lock) {
            if (running != request || ending != null) {
                return;
            }
            ending = reason;
            waking = source;
        }
        if (waking != null) {
            Thread.ofVirtual().name("engine-wake").start(waking::close);
        }
        later(() -> killIfRunning(request), config.cancelGrace());
        try {
            worker.send(FrameType.CANCEL, request, new byte[0]);
        } catch (IOException e) {
            worker.kill();
        }
    }

    /// What a load reads from, to be closed when it is interrupted.
    private void setSource(@Nullable ArrowResult rows) {
        synchronized (lock) {
            source = rows;
        }
    }

    private void killIfRunning(int request) {
        synchronized (lock) {
            if (running != request) {
                return;
            }
            broken = true;
        }
        worker.kill();
    }

    private ScheduledFuture<?> later(Runnable task, Duration delay) {
        try {
            return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new Problem(ProblemCode.UNAVAILABLE, "the engine has been closed", e);
        }
    }

    private EngineProblem failed(int request, String answer) {
        int space = answer.indexOf(' ');
        Kind kind = Kind.valueOf(answer.substring(0, space));
        String message = answer.substring(space + 1);
        Kind reason = endingReason();
        end(request);
        if (kind == Kind.OUT_OF_MEMORY || kind == Kind.INTERNAL) {
            broken = true; // its heap may be in any state
        }
        return kind == Kind.CANCELLED && reason != null
                ? new EngineProblem(reason, message)
                : new EngineProblem(kind, message);
    }

    private EngineProblem died(int request) {
        worker.kill();
        broken = true;
        Kind reason = endingReason();
        end(request);
        String words = worker.lastWords();
        if (reason != null) {
            return new EngineProblem(reason, "the worker did not stop by itself and was killed");
        }
        return new EngineProblem(
                WorkerDeaths.isOutOfMemory(words) ? Kind.OUT_OF_MEMORY : Kind.WORKER_DIED,
                "the worker process ended. " + words);
    }

    private @Nullable Kind endingReason() {
        synchronized (lock) {
            return ending;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
