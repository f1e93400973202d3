package dev.sheaf.node.links;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.pki.MeshMember;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;

import org.jspecify.annotations.Nullable;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// The links that peers dialed, one for each peer: a newer one takes the place of an older, which
/// is dead in most cases, only that nobody has noticed yet.
final class IncomingLinks {
    private record Accepted(long number, LinkStream stream) {}

    private final LinkRoom room;
    private final PeerCheck check;
    private final LinkHandler handler;
    private final BiConsumer<RegionName, String> found;
    private final ConcurrentHashMap<RegionName, Accepted> links = new ConcurrentHashMap<>();

    /// @param found is told where peers that dial say that they listen
    IncomingLinks(
            LinkRoom room,
            PeerCheck check,
            LinkHandler handler,
            BiConsumer<RegionName, String> found) {
        this.found = found;
        this.room = room;
        this.check = check;
        this.handler = handler;
    }

    ServerServiceDefinition service() {
        return ServerServiceDefinition.builder(LinkProtocol.SERVICE)
                .addMethod(LinkProtocol.EXCHANGE, this::exchange)
                .addMethod(LinkProtocol.PULSE, this::pulse)
                .build();
    }

    void checkAll() {
        links.values().forEach(accepted -> accepted.stream().check());
    }

    void close(RegionName peer, String reason) {
        Accepted accepted = links.get(peer);
        if (accepted != null) {
            accepted.stream().close(reason);
        }
    }

    void closeAll(String reason) {
        List.copyOf(links.values()).forEach(accepted -> accepted.stream().close(reason));
    }

    private ServerCall.Listener<Part> exchange(ServerCall<Part, Part> call, Metadata headers) {
        RegionName peer;
        Instant certifiedUntil;
        long number;
        try {
            X509Certificate[] chain = LinkProtocol.certificates(call.getAttributes());
            peer = check.again(chain).region();
            certifiedUntil = chain[0].getNotAfter().toInstant();
            number = Long.parseUnsignedLong(headers.get(LinkProtocol.LINK), 16);
        } catch (CertificateException e) {
            room.counters().peersRefused.increment();
            call.close(Status.PERMISSION_DENIED.withDescription(e.getMessage()), new Metadata());
            return new ServerCall.Listener<>() {};
        } catch (NumberFormatException e) {
            room.counters().brokenStreams.increment();
            call.close(Status.INVALID_ARGUMENT.withDescription("no link number"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        LinkFaults.Faults faults = room.faults().of(peer);
        if (faults.closed()) {
            call.close(
                    Status.UNAVAILABLE.withDescription("closed by an injected fault"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        } else if (faults.cut()) {
            return new ServerCall.Listener<>() {}; // a black hole does not answer
        }
        String address = headers.get(LinkProtocol.ADDRESS);
        if (address != null) {
            found.accept(peer, address);
        }
        return accept(call, peer, number, certifiedUntil);
    }

    private Calls accept(
            ServerCall<Part, Part> call, RegionName peer, long number, Instant certifiedUntil) {
        LinkStream stream =
                new LinkStream(
                        peer,
                        false,
                        new ServerWire(call),
                        room,
                        handler,
                        certifiedUntil,
                        () ->
                                links.computeIfPresent(
                                        peer,
                                        (_, accepted) ->
                                                accepted.number() == number ? null : accepted));
        call.setOnReadyThreshold(LinkProtocol.READY_BYTES);
        call.sendHeaders(new Metadata());
        Accepted before = links.put(peer, new Accepted(number, stream));
        if (before != null) {
            before.stream().close("the peer dialed anew");
        }
        stream.open();
        return new Calls(stream);
    }

    private static final class Calls extends ServerCall.Listener<Part> {
        private final LinkStream stream;

        Calls(LinkStream stream) {
            this.stream = stream;
        }

        @Override
        public void onMessage(Part part) {
            stream.received(part);
        }

        @Override
        public void onReady() {
            stream.transportReady();
        }

        @Override
        public void onHalfClose() {
            stream.close("the peer closed the link");
        }

        @Override
        public void onCancel() {
            stream.close("the peer closed the link, or the connection broke");
        }
    }

    private record ServerWire(ServerCall<Part, Part> call) implements Wire {
        @Override
        public boolean ready() {
            return call.isReady();
        }

        @Override
        public void send(Part part) {
            call.sendMessage(part);
        }

        @Override
        public void request() {
            call.request(1);
        }

        @Override
        public void close(String reason) {
            call.close(Status.UNAVAILABLE.withDescription(reason), new Metadata());
        }
    }

    private ServerCall.Listener<Pulse> pulse(ServerCall<Pulse, Pulse> call, Metadata headers) {
        call.request(2);
        return new ServerCall.Listener<>() {
            private @Nullable Pulse asked;

            @Override
            public void onMessage(Pulse pulse) {
                asked = pulse;
            }

            @Override
            public void onHalfClose() {
                if (asked != null) {
                    answer(call, asked);
                }
            }
        };
    }

    private void answer(ServerCall<Pulse, Pulse> call, Pulse pulse) {
        for (Accepted accepted : links.values()) {
            if (accepted.number() == pulse.link()) {
                if (!hasShownItself(call, accepted.stream())) {
                    return;
                }
                LinkFaults.Faults faults = room.faults().of(accepted.stream().peer());
                if (faults.cut()) {
                    return; // a black hole does not answer
                }
                long late = faults.drawRoundTripNanos(room.faults().random());
                if (late > 0) {
                    room.timer()
                            .schedule(
                                    () -> answer(call, pulse, accepted.stream()),
                                    late,
                                    TimeUnit.NANOSECONDS);
                } else {
                    answer(call, pulse, accepted.stream());
                }
                return;
            }
        }
        call.close(Status.NOT_FOUND.withDescription("no such link"), new Metadata());
    }

    /// A pulse over a new connection shows a certificate that may end later than the one that the
    /// link began with: so links outlive certificates.
    private boolean hasShownItself(ServerCall<Pulse, Pulse> call, LinkStream stream) {
        try {
            X509Certificate[] chain = LinkProtocol.certificates(call.getAttributes());
            Instant end = chain[0].getNotAfter().toInstant();
            boolean newer = end.isAfter(stream.certifiedUntil());
            MeshMember shown = newer ? check.again(chain) : check.member(chain[0]);
            if (!shown.region().equals(stream.peer())) {
                throw new CertificateException("the link is another region's");
            }
            stream.certifiedUntil(end);
            return true;
        } catch (CertificateException e) {
            room.counters().peersRefused.increment();
            call.close(Status.PERMISSION_DENIED.withDescription(e.getMessage()), new Metadata());
            return false;
        }
    }

    private static void answer(ServerCall<Pulse, Pulse> call, Pulse pulse, LinkStream stream) {
        stream.heard();
        if (pulse.roundTripNanos() >= 0) {
            stream.roundTrip(pulse.roundTripNanos());
        }
        if (!call.isCancelled()) {
            call.sendHeaders(new Metadata());
            call.sendMessage(pulse);
            call.close(Status.OK, new Metadata());
        }
    }
}
