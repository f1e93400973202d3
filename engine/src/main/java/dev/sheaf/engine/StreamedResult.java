package dev.sheaf.engine;

import dev.sheaf.engine.internal.ChunkInput;
import dev.sheaf.engine.internal.Frame;
import dev.sheaf.engine.internal.FrameType;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/// A result that is read from the worker's pipe as its reader asks for it: at most one batch is in
/// this process.
final class StreamedResult implements ArrowResult {
    private final WorkerSession session;
    private final int request;
    private final Future<?> timeout;
    private final BufferAllocator memory;
    private final ArrowStreamReader reader;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean ended;
    private boolean closed;

    StreamedResult(WorkerSession session, int request, BufferAllocator parent, Future<?> timeout) {
        this.session = session;
        this.request = request;
        this.timeout = timeout;
        this.memory = parent.newChildAllocator("result", 0, Long.MAX_VALUE);
        this.reader = new ArrowStreamReader(new Chunks(), memory);
    }

    void readSchema() {
        schema();
    }

    @Override
    public Schema schema() {
        return batch().getSchema();
    }

    @Override
    public boolean next() {
        reading.lock();
        try {
            if (closed) {
                throw new EngineProblem(EngineProblem.Kind.CANCELLED, "the result has been closed");
            }
            if (reader.loadNextBatch()) {
                return true;
            }
            readToEnd();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("the worker's Arrow stream is damaged", e);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public VectorSchemaRoot batch() {
        try {
            return reader.getVectorSchemaRoot();
        } catch (IOException e) {
            throw new UncheckedIOException("the worker's Arrow stream is damaged", e);
        }
    }

    @Override
    public DictionaryProvider dictionaries() {
        return reader;
    }

    /// A reader in another thread is ended first, by cancelling what it waits for.
    @Override
    public void close() {
        if (!ended && reading.isLocked()) {
            session.cancel();
        }
        reading.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            session.abandon(request);
            ended = true;
            timeout.cancel(false);
            reader.close(false);
            memory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            reading.unlock();
        }
    }

    private void readToEnd() {
        while (!ended) {
            chunk();
        }
    }

    /// The next part of the stream; empty at its end.
    private byte[] chunk() {
        if (ended) {
            return new byte[0];
        }
        try {
            Frame frame = session.next(request);
            if (frame.type() == FrameType.DONE) {
                finish();
                return new byte[0];
            }
            return frame.payload();
        } catch (EngineProblem e) {
            finish();
            throw e;
        }
    }

    private void finish() {
        ended = true;
        timeout.cancel(false);
    }

    private final class Chunks extends ChunkInput {
        @Override
        protected byte[] next() {
            return chunk();
        }
    }
}
