package dev.sheaf.engine.internal.worker;

import dev.sheaf.engine.internal.Frame;
import dev.sheaf.engine.internal.FrameReader;
import dev.sheaf.engine.internal.FrameType;
import dev.sheaf.engine.internal.FrameWriter;

import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The worker's entry. Frames come in over standard input and leave through the file that the only
/// argument names, which the launching shell has made of the standard output; so nothing that
/// native code prints can get between them.
public final class WorkerMain {
    /// DuckDB's parser and binder recurse on the thread that calls them.
    private static final long STACK_BYTES = 32L << 20;

    private WorkerMain() {}

    public static void main(String[] arguments) throws IOException {
        FrameWriter answers = new FrameWriter(new FileOutputStream(arguments[0]));
        BlockingQueue<Frame> requests = new LinkedBlockingQueue<>();
        Server server = new Server(answers);
        new Thread(null, () -> server.serve(requests), "serve", STACK_BYTES).start();
        Thread progress = new Thread(server::reportProgress, "progress");
        progress.setDaemon(true);
        progress.start();
        Thread warmUp = new Thread(Connected::warmUp, "warm-up");
        warmUp.setDaemon(true);
        warmUp.start();
        answers.write(FrameType.READY, 0, "");
        try {
            receive(new FrameReader(System.in), requests, server);
        } finally {
            // The node is gone, or broke the protocol: nobody waits for what still runs.
            Runtime.getRuntime().halt(0);
        }
    }

    private static void receive(FrameReader in, BlockingQueue<Frame> requests, Server server)
            throws IOException {
        for (Frame frame = in.read().orElse(null); frame != null; frame = in.read().orElse(null)) {
            switch (frame.type()) {
                case CANCEL -> server.cancel(frame);
                case INPUT, INPUT_END -> server.input(frame);
                default -> {
                    server.expect(frame);
                    requests.add(frame);
                }
            }
        }
    }
}
