package dev.sheaf.node.schemas;

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

/// Takes orders of other regions for subjects that are at home here, on the port of links. Each has
/// a virtual thread of its own.
public final class SchemaServer implements PeerService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaServer.class);
    private static final int CALLS_MAX = 32;

    /// Does what an order says, for the caller whose token comes with it.
    @FunctionalInterface
    interface Orders {
        SchemaAnswer answer(SchemaOrder order, String token);
    }

    private volatile Orders orders =
            (_, _) -> {
                throw new Problem(ProblemCode.UNAVAILABLE, "the node is starting");
            };
    private final ExecutorService calls =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("schemas-", 0).factory());
    private final Semaphore free = new Semaphore(CALLS_MAX);

    /// What orders are done by, from now on.
    void serve(Orders api) {
        orders = api;
    }

    @Override
    public ServerServiceDefinition definition(LinkFaults faults) {
        return ServerServiceDefinition.builder("sheaf.Schemas")
                .addMethod(
                        SchemaWire.METHOD,
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
        byte[] answer = answer(peer, question);
        try {
            answers.onNext(answer);
            answers.onCompleted();
        } catch (RuntimeException e) {
            // whoever asked is gone
            LOG.debug("an answer about schemas did not reach {}", peer, e);
        }
    }

    private byte[] answer(RegionName peer, byte[] asked) {
        if (!free.tryAcquire()) {
            return SchemaWire.problem(
                    new Problem(ProblemCode.BUSY, "too many orders at once; ask again"));
        }
        try {
            SchemaWire.Question question = SchemaWire.question(asked);
            return SchemaWire.answer(orders.answer(question.order(), question.token()));
        } catch (Problem told) {
            return SchemaWire.problem(told);
        } catch (RuntimeException e) {
            LOG.error("an order of {} for a schema failed", peer, e);
            return SchemaWire.problem(new Problem(ProblemCode.INTERNAL, "the order failed"));
        } finally {
            free.release();
        }
    }

    /// Waits for orders that are under way.
    @Override
    public void close() {
        calls.close();
    }
}
