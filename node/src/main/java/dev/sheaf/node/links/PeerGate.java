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

/// Before every call on the links' port, of whatever service: who was a member at the handshake may
/// be none any more. What is called then knows the caller as [#PEER].
public final class PeerGate implements ServerInterceptor {
    /// The region whose node calls, in the context of its call.
    public static final Context.Key<RegionName> PEER = Context.key("sheaf-peer");

    private final PeerCheck check;

    PeerGate(PeerCheck check) {
        this.check = check;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
            RegionName peer =
                    check.stillMember(LinkProtocol.certificates(call.getAttributes())).region();
            return Contexts.interceptCall(
                    Context.current().withValue(PEER, peer), call, headers, next);
        } catch (CertificateException e) {
            call.close(Status.PERMISSION_DENIED.withDescription(e.getMessage()), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }
}
