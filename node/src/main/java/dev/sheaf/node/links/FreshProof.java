package dev.sheaf.node.links;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

import java.security.cert.CertificateException;
import java.time.Clock;

/// Before calls of other services than links, which prove themselves anew by their own means: a
/// call over a connection whose certificate has run out is refused as if nobody were there. Whoever
/// dials anew shows the certificate that it has now.
final class FreshProof implements ServerInterceptor {
    private final Clock clock;

    FreshProof(Clock clock) {
        this.clock = clock;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
            if (LinkProtocol.certificates(call.getAttributes())[0]
                    .getNotAfter()
                    .toInstant()
                    .isBefore(clock.instant())) {
                return refused(call, Status.UNAVAILABLE, "the certificate has run out");
            }
        } catch (CertificateException e) {
            return refused(call, Status.PERMISSION_DENIED, String.valueOf(e.getMessage()));
        }
        return next.startCall(call, headers);
    }

    private static <Q, A> ServerCall.Listener<Q> refused(
            ServerCall<Q, A> call, Status status, String why) {
        call.close(status.withDescription(why), new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
