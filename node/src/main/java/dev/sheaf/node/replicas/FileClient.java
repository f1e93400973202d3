package dev.sheaf.node.replicas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.TableCopies.TableCopy;
import dev.sheaf.node.links.KeptChannels;
import dev.sheaf.node.links.LinkFaults.Direction;
import dev.sheaf.node.links.PeerChannel;

import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// Asks peers about files, over a connection of its own to each, made at the first question.
public final class FileClient implements PeerFiles, AutoCloseable {
    private static final Duration OFFERS_MAX = Duration.ofSeconds(10);
    private static final Duration DESCRIPTION_MAX = Duration.ofMinutes(2);
    private static final Duration RANGE_MAX = Duration.ofSeconds(30);

    private final Function<RegionName, Optional<PeerChannel>> ways;
    private final KeptChannels channels = new KeptChannels();
    private volatile boolean closed;

    /// @param ways how a region is reached; empty for one that this node has no way to
    public FileClient(Function<RegionName, Optional<PeerChannel>> ways) {
        this.ways = ways;
    }

    @Override
    public PeerFiles traced(String trace) {
        return new Traced(trace);
    }

    @Override
    public OfferList offers(RegionName peer, Holdings holdings) {
        return traced("").offers(peer, holdings);
    }

    @Override
    public TableCopy describe(RegionName peer, CopyRequest request) {
        return traced("").describe(peer, request);
    }

    @Override
    public Range read(RegionName peer, CopyRequest request, String file, long offset, int length) {
        return traced("").read(peer, request, file, offset, length);
    }

    /// Questions with the header of a trace, which may be empty.
    private final class Traced implements PeerFiles {
        private final Optional<String> traceparent;

        Traced(String trace) {
            this.traceparent = Optional.of(trace).filter(header -> !header.isEmpty());
        }

        @Override
        public OfferList offers(RegionName peer, Holdings holdings) {
            return ask(peer, FileWire.ask(holdings, traceparent), OFFERS_MAX)
                    .header()
                    .offers()
                    .orElseThrow(() -> FileWire.nonsense(peer, null));
        }

        @Override
        public TableCopy describe(RegionName peer, CopyRequest request) {
            return ask(peer, FileWire.ask(request, traceparent), DESCRIPTION_MAX)
                    .header()
                    .copy()
                    .orElseThrow(() -> FileWire.nonsense(peer, null));
        }

        @Override
        public Range read(
                RegionName peer, CopyRequest request, String file, long offset, int length) {
            byte[] question = FileWire.ask(request, file, offset, length, traceparent);
            return ask(peer, question, RANGE_MAX).range();
        }
    }

    private FileWire.Answer ask(RegionName peer, byte[] question, Duration max) {
        PeerChannel way = way(peer);
        pass(way, Direction.OUT);
        try {
            byte[] answer =
                    ClientCalls.blockingUnaryCall(
                            channels.to(way),
                            FileWire.METHOD,
                            CallOptions.DEFAULT.withDeadlineAfter(
                                    max.toMillis(), TimeUnit.MILLISECONDS),
                            question);
            pass(way, Direction.IN);
            return FileWire.answer(peer, answer);
        } catch (StatusRuntimeException e) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    peer + " cannot be asked about files: " + e.getStatus().getCode(),
                    e);
        }
    }

    /// What is cut gets no further, what is delayed passes later.
    private static void pass(PeerChannel way, Direction direction) {
        if (way.faults().of(way.peer()).cut()) {
            throw new Problem(ProblemCode.UNAVAILABLE, way.peer() + " cannot be reached: cut");
        }
        long end = System.nanoTime() + way.faults().drawDelayNanos(way.peer(), direction);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private PeerChannel way(RegionName peer) {
        if (closed) {
            throw new Problem(ProblemCode.CANCELLED, "the node stops");
        }
        return ways.apply(peer)
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.UNAVAILABLE,
                                "there is no way to " + peer + " from here"));
    }

    /// Questions that are open fail.
    @Override
    public void close() {
        closed = true;
        channels.close();
    }
}
