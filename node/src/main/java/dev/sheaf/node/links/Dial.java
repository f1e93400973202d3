package dev.sheaf.node.links;

import dev.sheaf.kernel.RegionName;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;

import org.jspecify.annotations.Nullable;

import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// One attempt to reach a peer, and the link that came of it. Has a connection of its own, which
/// ends with it.
final class Dial extends ClientCall.Listener<Part> {
    /// Who wants to know how it ended.
    interface Ended {
        /// @param linked whether there was a link, which the handler then knows is down
        void ended(boolean linked, String reason);
    }

    private static final int PULSES_ASKED_MAX = 8;

    private enum State {
        DIALING,
        LINKED,
        OVER
    }

    private final RegionName peer;
    private final LinkRoom room;
    private final LinkHandler handler;
    private final ManagedChannel channel;
    private final long number;
    private final ProofOfIdentity proof;
    private final Ended owner;
    private final ClientCall<Part, Part> call;
    private final AtomicReference<State> state = new AtomicReference<>(State.DIALING);
    private final AtomicInteger pulsesAsked = new AtomicInteger();
    private volatile @Nullable LinkStream stream;
    private volatile @Nullable Future<?> pulses;

    Dial(
            RegionName peer,
            LinkRoom room,
            LinkHandler handler,
            Supplier<ManagedChannel> channels,
            long number,
            Ended owner) {
        this.peer = peer;
        this.room = room;
        this.handler = handler;
        this.channel = channels.get();
        this.proof = new ProofOfIdentity(room, channels, number);
        this.number = number;
        this.owner = owner;
        this.call =
                channel.newCall(
                        LinkProtocol.EXCHANGE,
                        CallOptions.DEFAULT.withOnReadyThreshold(LinkProtocol.READY_BYTES));
    }

    void start() {
        Metadata headers = new Metadata();
        headers.put(LinkProtocol.LINK, Long.toHexString(number));
        if (!room.identity().advertised().isEmpty()) {
            headers.put(LinkProtocol.ADDRESS, room.identity().advertised());
        }
        call.start(this, headers);
        room.timer()
                .schedule(
                        this::giveUp, room.settings().silenceMax().toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Ends the attempt, or the link if there is one.
    void close(String reason) {
        if (state.compareAndSet(State.DIALING, State.OVER)) {
            call.cancel(reason, null);
            channel.shutdownNow();
            owner.ended(false, reason);
            return;
        }
        LinkStream live = stream;
        if (live != null) {
            live.close(reason);
        }
    }

    /// Of the peer that answered; empty while none has.
    Optional<Instant> certifiedUntil() {
        return Optional.ofNullable(stream).map(LinkStream::certifiedUntil);
    }

    private void giveUp() {
        if (state.get() == State.DIALING) {
            close("no answer in " + room.settings().silenceMax().toMillis() + " ms");
        }
    }

    private void unlinked() {
        state.set(State.OVER);
        Future<?> running = pulses;
        if (running != null) {
            running.cancel(false);
        }
        channel.shutdownNow();
        owner.ended(true, "the link went down");
    }

    @Override
    public void onHeaders(Metadata headers) {
        if (room.faults().of(peer).cut()) {
            close("cut by an injected fault");
            return;
        }
        LinkStream live;
        try {
            live =
                    new LinkStream(
                            peer,
                            true,
                            new ClientWire(call),
                            room,
                            handler,
                            LinkProtocol.certificates(call.getAttributes())[0]
                                    .getNotAfter()
                                    .toInstant(),
                            this::unlinked);
            proof.shown(LinkProtocol.certifiedUntil(call.getAttributes()));
        } catch (CertificateException e) {
            close("the peer's certificate is gone: " + e.getMessage());
            return;
        }
        stream = live;
        if (state.compareAndSet(State.DIALING, State.LINKED)) {
            live.open();
            Future<?> running =
                    room.timer()
                            .scheduleWithFixedDelay(
                                    () -> pulse(live),
                                    0,
                                    room.settings().pulseInterval().toNanos(),
                                    TimeUnit.NANOSECONDS);
            pulses = running;
            if (state.get() == State.OVER) {
                running.cancel(false);
            }
        }
    }

    @Override
    public void onMessage(Part part) {
        LinkStream live = stream;
        if (live != null) {
            live.received(part);
        }
    }

    @Override
    public void onReady() {
        LinkStream live = stream;
        if (live != null) {
            live.transportReady();
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        close(words(status));
    }

    static String words(Status status) {
        StringBuilder words =
                new StringBuilder(status.getCode().toString().toLowerCase(Locale.ROOT));
        if (status.getDescription() != null) {
            words.append(": ").append(status.getDescription());
        }
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            words.append(": ").append(cause.getMessage());
        }
        return words.toString();
    }

    private void pulse(LinkStream live) {
        proof.renew(live);
        live.check();
        if (state.get() == State.OVER || room.faults().of(peer).cut()) {
            return;
        }
        if (pulsesAsked.incrementAndGet() > PULSES_ASKED_MAX) {
            pulsesAsked.decrementAndGet();
            return;
        }
        ClientCall<Pulse, Pulse> question =
                channel.newCall(
                        LinkProtocol.PULSE,
                        CallOptions.DEFAULT.withDeadlineAfter(room.settings().silenceMax()));
        question.start(new Answer(live, System.nanoTime()), new Metadata());
        question.request(2);
        question.sendMessage(new Pulse(number, live.roundTripNanos()));
        question.halfClose();
    }

    private void answered(LinkStream live, long askedNanos) {
        pulsesAsked.decrementAndGet();
        if (!room.faults().of(peer).cut()) {
            live.heard();
            live.roundTrip(System.nanoTime() - askedNanos);
        }
    }

    private final class Answer extends ClientCall.Listener<Pulse> {
        private final LinkStream live;
        private final long askedNanos;

        Answer(LinkStream live, long askedNanos) {
            this.live = live;
            this.askedNanos = askedNanos;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (status.isOk()) {
                long late = room.faults().of(peer).drawRoundTripNanos(room.faults().random());
                if (late > 0) {
                    room.timer()
                            .schedule(() -> answered(live, askedNanos), late, TimeUnit.NANOSECONDS);
                } else {
                    answered(live, askedNanos);
                }
                return;
            }
            pulsesAsked.decrementAndGet();
            if (status.getCode() != Status.Code.DEADLINE_EXCEEDED) {
                live.close("the peer does not know the link any more: " + words(status));
            }
        }
    }

    private record ClientWire(ClientCall<Part, Part> call) implements Wire {
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
            call.cancel(reason, null);
        }
    }
}
