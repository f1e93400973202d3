package dev.sheaf.node.links;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import io.grpc.MethodDescriptor;
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

/// Answers one kind of question of peers, on the port of links. Each has a virtual thread of its
/// own; a problem is an answer too.
public abstract class PeerQuestions implements PeerService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerQuestions.class);

    private final MethodDescriptor<byte[], byte[]> method;
    private final String kind;
    private final ExecutorService calls;
    private final Semaphore free;

    /// @param kind what a peer sends, in one word
    /// @param callsMax how many are answered at once
    protected PeerQuestions(MethodDescriptor<byte[], byte[]> method, String kind, int callsMax) {
        this.method = method;
        this.kind = kind;
        this.calls =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(method.getServiceName() + "-", 0).factory());
        this.free = new Semaphore(callsMax);
    }

    /// @throws Problem to be told
    protected abstract byte[] answer(RegionName peer, byte[] question);

    /// A problem as the peer reads it.
    protected abstract byte[] problem(Problem problem);

    @Override
    public final ServerServiceDefinition definition(LinkFaults faults) {
        return ServerServiceDefinition.builder(method.getServiceName())
                .addMethod(
                        method,
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
            calls.execute(() -> send(peer, question, answers));
        } catch (RejectedExecutionException _) {
            answers.onError(
                    Status.UNAVAILABLE.withDescription("the node stops").asRuntimeException());
        }
    }

    private void send(RegionName peer, byte[] question, StreamObserver<byte[]> answers) {
        byte[] answer = answered(peer, question);
        try {
            answers.onNext(answer);
            answers.onCompleted();
        } catch (RuntimeException e) {
            // whoever asked is gone
            LOG.debug("the answer to a {} did not reach {}", kind, peer, e);
        }
    }

    private byte[] answered(RegionName peer, byte[] question) {
        if (!free.tryAcquire()) {
            return problem(
                    new Problem(ProblemCode.BUSY, "too many " + kind + "s at once; ask again"));
        }
        try {
            return answer(peer, question);
        } catch (Problem told) {
            return problem(told);
        } catch (RuntimeException e) {
            LOG.error("a {} of {} to {} failed", kind, peer, method.getServiceName(), e);
            return problem(new Problem(ProblemCode.INTERNAL, "the " + kind + " failed"));
        } finally {
            free.release();
        }
    }

    /// Waits for what is being answered.
    @Override
    public final void close() {
        calls.close();
    }
}
