package dev.sheaf.node.links;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// Keeps a link longer than the certificates that it began with: before the first of the two ends,
/// its dialer makes another connection, over which both show what they have by then, and names the
/// link in a pulse. Frames go on over the old connection meanwhile.
final class ProofOfIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(ProofOfIdentity.class);

    /// Of the time left at the last proof, what is left when the next one is tried.
    private static final int PARTS_LEFT = 4;

    private static final int TRIES_IN_TIME_LEFT = 8;

    private final LinkRoom room;
    private final Supplier<ManagedChannel> channels;
    private final long number;
    private Instant until = Instant.MIN;
    private Instant nextAt = Instant.MAX;

    /// @param channels makes a new connection to the peer
    /// @param number of the link
    ProofOfIdentity(LinkRoom room, Supplier<ManagedChannel> channels, long number) {
        this.room = room;
        this.channels = channels;
        this.number = number;
    }

    /// Both have shown certificates that count until then.
    synchronized void shown(Instant end) {
        if (!end.isAfter(until)) {
            return; // nothing newer was there yet: the next try is set
        }
        until = end;
        Instant now = room.clock().instant();
        Duration left = Duration.between(now, until);
        nextAt = left.isPositive() ? until.minus(left.dividedBy(PARTS_LEFT)) : now;
    }

    /// Does it when it is due; to be called now and then.
    void renew(LinkStream link) {
        synchronized (this) {
            Instant now = room.clock().instant();
            if (now.isBefore(nextAt)) {
                return;
            }
            Duration left = Duration.between(now, link.certifiedUntil());
            Duration pause = left.dividedBy(TRIES_IN_TIME_LEFT);
            nextAt =
                    now.plus(
                            pause.compareTo(room.settings().silenceMax()) < 0
                                    ? room.settings().silenceMax()
                                    : pause);
        }
        ManagedChannel channel = channels.get();
        ClientCall<Pulse, Pulse> question =
                channel.newCall(
                        LinkProtocol.PULSE,
                        CallOptions.DEFAULT.withDeadlineAfter(room.settings().silenceMax()));
        question.start(new Shown(link, channel, question), new Metadata());
        question.request(2);
        question.sendMessage(new Pulse(number, link.roundTripNanos()));
        question.halfClose();
    }

    private final class Shown extends ClientCall.Listener<Pulse> {
        private final LinkStream link;
        private final ManagedChannel channel;
        private final ClientCall<Pulse, Pulse> question;

        Shown(LinkStream link, ManagedChannel channel, ClientCall<Pulse, Pulse> question) {
            this.link = link;
            this.channel = channel;
            this.question = question;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            try {
                if (status.isOk()) {
                    link.certifiedUntil(
                            LinkProtocol.certificates(question.getAttributes())[0]
                                    .getNotAfter()
                                    .toInstant());
                    shown(LinkProtocol.certifiedUntil(question.getAttributes()));
                } else {
                    LOG.warn(
                            "{} did not show a new certificate ({}); it is tried again, and the"
                                    + " link ends at {} otherwise",
                            link.peer(),
                            Dial.words(status),
                            link.certifiedUntil());
                }
            } catch (CertificateException e) {
                LOG.warn("{} showed no certificate: {}", link.peer(), e.getMessage());
            } finally {
                channel.shutdownNow();
            }
        }
    }
}
