package dev.sheaf.engine.internal.worker;

import dev.sheaf.engine.internal.Frame;
import dev.sheaf.engine.internal.FrameType;
import dev.sheaf.engine.internal.FrameWriter;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// What a LOAD reads. Frames are put in by the thread that receives them, which never waits: the
/// node sends no more than was asked for by CONSUMED. One thread reads at a time.
final class LoadInput extends InputStream {
    private final int request;
    private final FrameWriter answers;
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private byte[] current = new byte[0];
    private int position;
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
    public int read() throws IOException {
        return fill() ? current[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, part);
        position += part;
        return part;
    }

    private boolean fill() throws IOException {
        while (!ended && position == current.length) {
            Frame frame = take();
            switch (frame.type()) {
                case INPUT -> {
                    current = frame.payload();
                    position = 0;
                    answers.write(FrameType.CONSUMED, request, "");
                }
                case INPUT_END -> ended = true;
                default -> {
                    put(frame); // whoever reads on gets the same answer
                    throw new IOException("cancelled");
                }
            }
        }
        return !ended;
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
