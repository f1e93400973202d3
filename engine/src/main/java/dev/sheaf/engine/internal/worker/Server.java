package dev.sheaf.engine.internal.worker;

import dev.sheaf.engine.EngineProblem.Kind;
import dev.sheaf.engine.internal.Frame;
import dev.sheaf.engine.internal.FrameType;
import dev.sheaf.engine.internal.FrameWriter;
import dev.sheaf.engine.internal.SessionSettings;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;

/// Answers requests one after the other. [#cancel] comes from another thread.
final class Server {
    private static final long CANCEL_REPEAT_MILLIS = 20;
    private static final long PROGRESS_MILLIS = 250;

    private final FrameWriter answers;
    private @Nullable Instance instance;
    private @Nullable Connected connected;

    private final Object lock = new Object();
    private volatile @Nullable Running running;
    private int cancelledUpTo;
    private volatile @Nullable LoadInput input;

    Server(FrameWriter answers) {
        this.answers = answers;
    }

    /// Never returns; an error outside of a statement ends the process.
    void serve(BlockingQueue<Frame> requests) {
        try {
            while (true) {
                answer(requests.take());
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            System.err.println("the worker ends: " + e);
            Runtime.getRuntime().halt(1);
        }
    }

    /// Ends the request, be it running or still to come. DuckDB forgets an interrupt that arrives
    /// before its statement has begun, so it is repeated until the request has ended.
    void cancel(Frame frame) {
        int request = frame.request();
        Running current;
        synchronized (lock) {
            cancelledUpTo = Math.max(cancelledUpTo, request);
            current = running;
        }
        input(frame);
        if (current == null || current.request() > request) {
            return;
        }
        Thread repeat = new Thread(() -> interruptUntilEnded(current), "cancel");
        repeat.setDaemon(true);
        repeat.start();
    }

    /// Before a LOAD is answered its input may be here already.
    void expect(Frame frame) {
        if (frame.type() == FrameType.LOAD) {
            input = new LoadInput(frame.request(), answers);
        }
    }

    /// A part of what a LOAD reads; dropped when that has ended.
    void input(Frame frame) {
        LoadInput expected = input;
        if (expected != null && expected.request() == frame.request()) {
            expected.put(frame);
        }
    }

    /// Reports the progress of what runs, for ever; for a thread of its own.
    void reportProgress() {
        try {
            while (true) {
                Thread.sleep(PROGRESS_MILLIS);
                Running current = running;
                double progress = current == null ? -1 : current.progress();
                if (current != null && progress >= 0) {
                    byte[] payload = ByteBuffer.allocate(8).putDouble(progress).array();
                    answers.write(FrameType.PROGRESS, current.request(), payload);
                }
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("no more progress reports: " + e);
        }
    }

    private void interruptUntilEnded(Running current) {
        try {
            while (running == current) {
                current.interrupt();
                Thread.sleep(CANCEL_REPEAT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Frame frame) throws IOException {
        Running current = new Running(frame.request(), this::isCancelled);
        synchronized (lock) {
            running = current;
        }
        Failure failure = null;
        try {
            perform(frame, current);
        } catch (Failure e) {
            failure = e;
        } catch (SQLException e) {
            failure = Failure.of(e);
        } catch (OutOfMemoryError e) {
            failure = new Failure(Kind.OUT_OF_MEMORY, "the worker's heap is full");
        } finally {
            running = null;
        }
        if (failure == null) {
            answers.write(FrameType.DONE, frame.request(), "");
        } else {
            Kind kind = isCancelled(frame.request()) ? Kind.CANCELLED : failure.kind();
            answers.write(FrameType.FAILED, frame.request(), kind + " " + failure.getMessage());
        }
    }

    private boolean isCancelled(int request) {
        synchronized (lock) {
            return cancelledUpTo == request;
        }
    }

    private void perform(Frame frame, Running current) throws SQLException, IOException, Failure {
        switch (frame.type()) {
            case OPEN -> open(SessionSettings.decode(frame.payload()));
            case CLOSE -> closeSession();
            case EXECUTE -> session().execute(frame.text(), current);
            case QUERY -> session().query(frame.text(), current, answers);
            case STREAM -> session().stream(frame.text(), current, answers);
            case STREAM_COMPUTED -> session().streamComputed(frame.text(), current, answers);
            case PARSE -> session().parse(frame.text(), current, answers);
            case RENDER -> session().render(frame.text(), current, answers);
            case PARAMETERS -> session().parameters(frame.text(), answers, current);
            case LOAD -> load(frame.text(), current);
            case INPUT, INPUT_END, CANCEL, READY, CHUNK, CONSUMED, PROGRESS, DONE, FAILED ->
                    throw new IOException("not a request: " + frame.type());
        }
    }

    private void load(String table, Running current) throws SQLException, IOException, Failure {
        LoadInput rows = input;
        if (rows == null || rows.request() != current.request()) {
            throw new IOException("a load without input");
        }
        try {
            session().load(table, rows, current);
        } finally {
            input = null;
        }
    }

    private void open(SessionSettings settings) throws SQLException {
        closeSession();
        Instance kept = instance;
        if (kept == null || !kept.settings().equals(settings)) {
            if (kept != null) {
                instance = null;
                kept.close();
            }
            kept = new Instance(settings);
            instance = kept;
        }
        connected = new Connected(kept.connect());
    }

    /// A locked instance is kept for the next session, any other may have been changed.
    private void closeSession() throws SQLException {
        Connected old = connected;
        connected = null;
        if (old != null) {
            old.close();
        }
        Instance kept = instance;
        if (kept != null && !kept.settings().locked()) {
            instance = null;
            kept.close();
        }
    }

    private Connected session() throws IOException {
        Connected current = connected;
        if (current == null) {
            throw new IOException("a request before a session was opened");
        }
        return current;
    }
}
