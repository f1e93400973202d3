package dev.sheaf.node.replicas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.PeerQuestions;
import dev.sheaf.node.tracing.Tracer;

import java.time.Clock;

/// Answers the questions of peers about files.
public final class FileServer extends PeerQuestions {
    /// Bounds the ranges that are in memory at once.
    private static final int CALLS_MAX = 16;

    private final HomeSpans files;

    /// @param tracer of what is done for copies
    public FileServer(PeerFiles files, Tracer tracer, Clock clock) {
        super(FileWire.METHOD, "question", CALLS_MAX);
        this.files = new HomeSpans(files, tracer, clock);
    }

    @Override
    protected byte[] answer(RegionName peer, byte[] question) {
        return FileWire.answer(files, peer, question);
    }

    @Override
    protected byte[] problem(Problem problem) {
        return FileWire.problem(problem);
    }
}
