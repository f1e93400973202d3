package dev.sheaf.node.replicas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.PeerQuestions;

/// Answers the questions of peers about files.
public final class FileServer extends PeerQuestions {
    /// Bounds the ranges that are in memory at once.
    private static final int CALLS_MAX = 16;

    private final PeerFiles files;

    public FileServer(PeerFiles files) {
        super(FileWire.METHOD, "question", CALLS_MAX);
        this.files = files;
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
