package dev.sheaf.node.replicas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.LinkFaults;
import dev.sheaf.node.links.PeerGate;
import dev.sheaf.node.links.PeerService;

import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/// Answers the questions of peers about files, on the port of links. Each question has a virtual
/// thread of its own.
public final class FileServer implements PeerService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileServer.class);

    /// Bounds the ranges that are in memory at once.
    private static final int CALLS_MAX = 16;

    private final PeerFiles files;
    private final ExecutorService calls =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("files-", 0).factory());
    private final Semaphore free = new Semaphore(CALLS_MAX);

    public FileServer(PeerFiles files) {
        this.files = files;
    }

    @Override
    public ServerServiceDefinition definition(LinkFaults faults) {
        return ServerServiceDefinition.builder("sheaf.Files")
                .addMethod(
                        FileWire.METHOD,
                        ServerCalls.asyncUnaryCall((question, answers) ->
                                take(faults, PeerGate.PEER.get(), question, answers)))
                .build();
    }

    private void take(
            LinkFaults faults, RegionName peer, byte[] question, StreamObserver<byte[]> answers) {
        if (faults.of(peer).cut()) {
            answers.onError(
                    Status.UNAVAILABLE.withDescription("the link is cut").asRuntimeException());
            return;
        }
        try {
            calls.execute(() -> answer(peer, question, answers));
        } catch (RejectedExecutionException _) {
            answers.onError(
                    Status.UNAVAILABLE.withDescription("the node stops").asRuntimeException());
        }
    }

    private void answer(RegionName peer, byte[] question, StreamObserver<byte[]> answers) {
        try {
            answers.onNext(answer(peer, question));
            answers.onCompleted();
        } catch (RuntimeException e) {
            // whoever asked is gone
            LOG.debug("an answer about files did not reach {}", peer, e);
        }
    }

    private byte[] answer(RegionName peer, byte[] question) {
        if (!free.tryAcquire()) {
            return FileWire.problem(
                    new Problem(ProblemCode.BUSY, "too many questions at once; ask again"));
        }
        try {
            return FileWire.answer(files, peer, question);
        } catch (RuntimeException e) {
            LOG.error("a question of {} about files failed", peer, e);
            return FileWire.problem(new Problem(ProblemCode.INTERNAL, "the question failed"));
        } finally {
            free.release();
        }
    }

    /// Waits for questions that are being answered.
    @Override
    public void close() {
        calls.close();
    }
}
