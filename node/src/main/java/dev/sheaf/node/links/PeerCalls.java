package dev.sheaf.node.links;

import dev.sheaf.kernel.RegionName;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/// Stands before the other services on the port of links: lets calls of members of this mesh
/// through, and tells the service which region calls. Asked anew for each call, so a member that is
/// no longer expected, or whose certificate has run out, gets no further although its connection is
/// still there.
public final class PeerCalls implements ServerInterceptor {
    /// The region whose node calls, by its certificate.
    public static final Context.Key<RegionName> PEER = Context.key("sheaf-peer");

    private final LinkRoom room;
    private final PeerCheck check;

    PeerCalls(LinkRoom room, PeerCheck check) {
        this.room = room;
        this.check = check;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        RegionName peer;
        try {
            X509Certificate[] chain = LinkProtocol.certificates(call.getAttributes());
            if (chain[0].getNotAfter().toInstant().isBefore(room.clock().instant())) {
                // Whoever dials anew shows the one that it has now.
                call.close(
                        Status.UNAVAILABLE.withDescription("the certificate has run out"),
                        new Metadata());
                return new ServerCall.Listener<>() {};
            }
            peer = check.again(chain).region();
        } catch (CertificateException e) {
            room.counters().peersRefused.increment();
            call.close(Status.PERMISSION_DENIED.withDescription(e.getMessage()), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(Context.current().withValue(PEER, peer), call, headers, next);
    }
}
