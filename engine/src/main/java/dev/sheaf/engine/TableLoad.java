package dev.sheaf.engine;

import dev.sheaf.engine.internal.ChunkOutput;
import dev.sheaf.engine.internal.Frame;
import dev.sheaf.engine.internal.FrameType;

import org.apache.arrow.vector.ipc.ArrowStreamWriter;

import java.io.IOException;
import java.io.UncheckedIOException;

/// One LOAD: rows go into the worker's pipe as an Arrow stream, no more of them than the worker has
/// room for. Its answers are read in the same thread.
final class TableLoad {
    /// So many frames may be on their way; each is at most 256 KiB.
    private static final int FRAMES_AHEAD_MAX = 16;

    private final WorkerSession session;
    private final Worker worker;
    private final int request;
    private final ArrowResult rows;
    private int ahead;
    private boolean broken;

    TableLoad(WorkerSession session, Worker worker, int request, ArrowResult rows) {
        this.session = session;
        this.worker = worker;
        this.request = request;
        this.rows = rows;
    }

    /// @throws EngineProblem when the worker fails; what the rows throw
    void run() {
        try {
            boolean any = rows.next();
            try (ChunkOutput out = new ChunkOutput(this::send);
                    ArrowStreamWriter writer =
                            new ArrowStreamWriter(rows.batch(), rows.dictionaries(), out)) {
                write(any, writer, out);
            }
            worker.send(FrameType.INPUT_END, request, new byte[0]);
            awaitDone();
        } catch (IOException e) {
            worker.kill();
            awaitDone(); // says how it died
            throw new UncheckedIOException("rows cannot be given to the worker", e);
        }
    }

    private void write(boolean any, ArrowStreamWriter writer, ChunkOutput out) throws IOException {
        boolean whole = false;
        try {
            writer.start();
            for (boolean more = any; more; more = rows.next()) {
                writer.writeBatch();
                out.flush();
            }
            whole = true;
        } finally {
            broken = !whole;
        }
    }

    private void send(byte[] payload, int length) throws IOException {
        if (broken) {
            return; // closing the writer would end the stream as if it were whole
        }
        while (ahead >= FRAMES_AHEAD_MAX) {
            if (session.next(request).type() == FrameType.CONSUMED) {
                ahead--;
            }
        }
        worker.send(FrameType.INPUT, request, payload, length);
        ahead++;
    }

    private void awaitDone() {
        for (Frame frame = session.next(request);
                frame.type() != FrameType.DONE;
                frame = session.next(request)) {
            // parts that were read
        }
    }
}
