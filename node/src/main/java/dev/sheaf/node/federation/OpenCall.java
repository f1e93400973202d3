package dev.sheaf.node.federation;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.LinkFaults.Direction;

import io.grpc.Context;

import org.apache.arrow.flight.FlightRuntimeException;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.Callable;

/// One call to a peer while its answer is awaited or read. It is ended by the caller, or lost when
/// the peer has fallen silent. For any thread.
final class OpenCall {
    private final RegionName region;
    private final PeerFaults way;
    private final Context.CancellableContext context = Context.ROOT.withCancellation();
    private volatile @Nullable Problem ended;

    OpenCall(RegionName region, PeerFaults way) {
        this.region = region;
        this.way = way;
    }

    /// The peer is given up.
    void lose(String why) {
        end(new Problem(ProblemCode.UNAVAILABLE, region + " is gone: " + why));
    }

    /// Nobody wants the answer any more.
    void cancel() {
        end(new Problem(ProblemCode.CANCELLED, "the sub-query in " + region + " was cancelled"));
    }

    private void end(Problem why) {
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = why;
        }
        context.cancel(null);
    }

    /// Frees what the call holds.
    void close() {
        context.cancel(null);
    }

    /// Makes calls that are cancelled with this one.
    <T> T within(Callable<T> calls) throws FlightRuntimeException {
        try {
            return context.call(calls);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a call declares no exceptions", e);
        }
    }

    /// @throws Problem when the call ended meanwhile
    void pass(Direction direction) {
        way.pass(direction, () -> ended != null);
        Problem why = ended;
        if (why != null) {
            throw again(why);
        }
    }

    /// Why the call failed.
    Problem problem(FlightRuntimeException cause) {
        Problem why = ended;
        return why == null ? WireProblems.problem(region, cause) : again(why);
    }

    /// With the stack of whoever learns of it.
    private static Problem again(Problem why) {
        return new Problem(why.code(), why.message(), why);
    }
}
