package dev.sheaf.engine.internal.worker;

import dev.sheaf.engine.internal.ChunkInput;
import dev.sheaf.engine.internal.Frame;
import dev.sheaf.engine.internal.FrameType;
import dev.sheaf.engine.internal.FrameWriter;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// What a LOAD reads. Frames are put in by the thread that receives them, which never waits: the
/// node sends no more than was asked for by CONSUMED. One thread reads at a time.
final class LoadInput extends ChunkInput {
    private final int request;
    private final FrameWriter answers;
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private boolean ended;

    LoadInput(int request, FrameWriter answers) {
        this.request = request;
        this.answers = answers;
    }

    int request() {
        return request;
    }

    /// An INPUT, INPUT_END or CANCEL of this request.
    void put(Frame frame) {
        frames.add(frame);
    }

    @Override
    protected byte[] next() throws IOException {
        if (ended) {
            return new byte[0];
        }
        Frame frame = take();
        return switch (frame.type()) {
            case INPUT -> {
                answers.write(FrameType.CONSUMED, request, "");
                yield frame.payload();
            }
            case INPUT_END -> {
                ended = true;
                yield frame.payload();
            }
            default -> {
                put(frame); // whoever reads on gets the same answer
                throw new IOException("cancelled");
            }
        };
    }

    private Frame take() throws IOException {
        try {
            return frames.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }
}
