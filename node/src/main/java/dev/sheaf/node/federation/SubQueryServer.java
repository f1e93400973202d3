package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.LinkFaults;
import dev.sheaf.node.links.PeerGate;
import dev.sheaf.node.links.PeerService;
import dev.sheaf.query.federation.SubQuery;

import io.grpc.ServerServiceDefinition;

import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.FlightGrpcUtils;
import org.apache.arrow.flight.NoOpFlightProducer;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/// What this region answers to sub-queries of others: a Flight service on the port of links. Each
/// call has a virtual thread of its own; those of the links are never kept.
public final class SubQueryServer implements PeerService, AutoCloseable {
    static final String EXPLAIN = "explain";
    static final String PULSE = "pulse";

    private static final Set<String> USED = Set.of("DoGet", "DoAction");
    private static final Logger LOG = LoggerFactory.getLogger(SubQueryServer.class);

    private final BufferAllocator memory = new RootAllocator();
    private final ExecutorService calls =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sub-query-", 0).factory());
    private final AtomicReference<SubQueryHandler> handler = new AtomicReference<>();

    public SubQueryServer() {
        FlightLibrary.prepare();
    }

    /// Until then calls are told that the node is not ready.
    public void serve(SubQueryHandler answers) {
        handler.set(Objects.requireNonNull(answers));
    }

    @Override
    public ServerServiceDefinition definition(LinkFaults faults) {
        return FlightLibrary.plain(
                FlightGrpcUtils.createFlightService(memory, new Producer(faults), null, calls)
                        .bindService(),
                USED);
    }

    /// After the links are closed, so that nothing is answered any more.
    @Override
    public void close() {
        calls.close();
        memory.close();
    }

    private SubQueryHandler ready() {
        SubQueryHandler answers = handler.get();
        if (answers == null) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE, "the node is starting; try again in a moment");
        }
        return answers;
    }

    /// A fault of ours is logged here, and told without its text.
    private static RuntimeException told(RuntimeException cause) {
        if (cause instanceof Problem problem) {
            if (problem.code() == ProblemCode.INTERNAL) {
                LOG.error("a sub-query failed", problem);
            }
            return WireProblems.status(problem);
        }
        LOG.error("a sub-query failed", cause);
        return WireProblems.status(
                new Problem(
                        ProblemCode.INTERNAL, "a fault of Sheaf itself; its log says more", cause));
    }

    private final class Producer extends NoOpFlightProducer {
        private final LinkFaults faults;

        Producer(LinkFaults faults) {
            this.faults = faults;
        }

        @Override
        public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
            RegionName peer = PeerGate.PEER.get();
            StreamedAnswer answer = new StreamedAnswer(listener, new PeerFaults(faults, peer));
            listener.setOnCancelHandler(answer::cancelled);
            listener.setOnReadyHandler(answer::ready);
            calls.execute(() -> stream(peer, ticket, answer));
        }

        private void stream(RegionName peer, Ticket ticket, StreamedAnswer answer) {
            try {
                if (!answer.asked()) {
                    return;
                }
                SubQuery query = WireJson.readTicket(ticket.getBytes());
                SubQueryHandler answers = ready();
                answer.whenCancelled(() -> answers.cancel(peer, query.id()));
                try (ArrowResult rows = answers.run(peer, query, answer::isCancelled)) {
                    answer.send(rows, query.timeout());
                }
                answer.completed();
            } catch (RuntimeException e) {
                answer.failed(told(e));
            }
        }

        @Override
        public void doAction(CallContext context, Action action, StreamListener<Result> listener) {
            RegionName peer = PeerGate.PEER.get();
            calls.execute(() -> act(peer, action, new PeerFaults(faults, peer), context, listener));
        }

        private void act(
                RegionName peer,
                Action action,
                PeerFaults way,
                CallContext context,
                StreamListener<Result> listener) {
            try {
                if (!way.pass(LinkFaults.Direction.IN, context::isCancelled)) {
                    return;
                }
                byte[] answer =
                        switch (action.getType()) {
                            case PULSE -> new byte[0];
                            case EXPLAIN ->
                                    WireJson.plan(
                                            ready().explain(
                                                            peer,
                                                            WireJson.readTicket(action.getBody())));
                            default ->
                                    throw new Problem(
                                            ProblemCode.BAD_REQUEST,
                                            "there is no such action; known are explain and pulse");
                        };
                if (way.pass(LinkFaults.Direction.OUT, context::isCancelled)) {
                    listener.onNext(new Result(answer));
                    listener.onCompleted();
                }
            } catch (RuntimeException e) {
                listener.onError(told(e));
            }
        }
    }
}
