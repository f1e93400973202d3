package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.links.LinkFaults.Direction;
import dev.sheaf.node.links.PeerChannel;
import dev.sheaf.query.federation.SubQuery;
import dev.sheaf.query.federation.SubQueryPlan;

import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Asks one region. For any thread.
final class PeerClient implements AutoCloseable {
    private final PeerChannel way;
    private final PeerConnections connections;
    private final PeerWatch watch;

    PeerClient(PeerChannel way, BufferAllocator memory) {
        this.way = way;
        this.connections = new PeerConnections(way, memory);
        this.watch = new PeerWatch(way.settings(), this::pulse);
    }

    boolean isBy(PeerChannel channel) {
        return way == channel;
    }

    SubQueryPlan explain(SubQuery query) {
        OpenCall call = watch.begin(this::newCall);
        try {
            call.pass(Direction.OUT);
            byte[] answer =
                    attempt(
                            call,
                            client ->
                                    first(
                                            client,
                                            new Action(
                                                    SubQueryServer.EXPLAIN, WireJson.ticket(query)),
                                            query.timeout()));
            call.pass(Direction.IN);
            return WireJson.readPlan(answer);
        } catch (FlightRuntimeException e) {
            throw call.problem(e);
        } finally {
            watch.end(call);
        }
    }

    ArrowResult run(SubQuery query) {
        OpenCall call = watch.begin(this::newCall);
        try {
            call.pass(Direction.OUT);
            Ticket ticket = new Ticket(WireJson.ticket(query));
            FlightStream stream = attempt(call, client -> begun(client, ticket, query.timeout()));
            FlightRows rows = new FlightRows(way.peer(), stream, call, watch);
            try {
                call.pass(Direction.IN);
                return rows;
            } catch (RuntimeException e) {
                rows.close();
                throw e;
            }
        } catch (FlightRuntimeException e) {
            watch.end(call);
            throw call.problem(e);
        } catch (RuntimeException e) {
            watch.end(call);
            throw e;
        }
    }

    private OpenCall newCall() {
        return new OpenCall(way.peer(), faults());
    }

    private PeerFaults faults() {
        return new PeerFaults(way.faults(), way.peer());
    }

    /// A connection that stood since an earlier call may be dead by now: then once more over a new
    /// one, as nothing has been answered.
    private <T> T attempt(OpenCall call, Function<FlightClient, T> question) {
        PeerConnections.Connection connection = connections.current();
        try {
            return call.within(() -> question.apply(connection.client()));
        } catch (FlightRuntimeException e) {
            if (e.status().code() != FlightStatusCode.UNAVAILABLE
                    || WireProblems.said(way.peer(), e).isPresent()) {
                throw e;
            }
            connections.drop(connection);
            if (connection.isFresh()) {
                throw e;
            }
            PeerConnections.Connection next = connections.current();
            return call.within(() -> question.apply(next.client()));
        }
    }

    private static FlightStream begun(FlightClient client, Ticket ticket, Duration timeout) {
        FlightStream stream = client.getStream(ticket, within(timeout));
        try {
            stream.getSchema(); // comes with the first of the answer
            return stream;
        } catch (RuntimeException e) {
            FlightRows.close(stream);
            throw e;
        }
    }

    private static byte[] first(FlightClient client, Action action, Duration timeout) {
        Iterator<Result> answers = client.doAction(action, within(timeout));
        byte[] answer = answers.next().getBody();
        while (answers.hasNext()) {
            answers.next(); // to the end, so that the call is over
        }
        return answer;
    }

    private static CallOption within(Duration timeout) {
        return CallOptions.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Whether the region shows a sign of life.
    private boolean pulse() {
        PeerFaults faults = faults();
        long end = System.nanoTime() + way.settings().silenceMax().toNanos();
        try {
            if (!faults.pass(Direction.OUT, () -> System.nanoTime() > end)) {
                return false;
            }
            first(
                    connections.current().client(),
                    new Action(SubQueryServer.PULSE),
                    way.settings().silenceMax());
            return faults.pass(Direction.IN, () -> System.nanoTime() > end);
        } catch (FlightRuntimeException | Problem e) {
            return false; // who waits for it sees that none came
        }
    }

    @Override
    public void close() {
        watch.close();
        connections.close();
    }
}
