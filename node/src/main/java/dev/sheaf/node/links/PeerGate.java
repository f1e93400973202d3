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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Before every call on the links' port, of whatever service: who was a member at the handshake may
/// be none any more, and who is dismissed hears the end of nothing. What is called then knows the
/// caller as [#PEER].
public final class PeerGate implements ServerInterceptor {
    /// The region whose node calls, in the context of its call.
    public static final Context.Key<RegionName> PEER = Context.key("sheaf-peer");

    private final PeerCheck check;
    private final Map<RegionName, Set<GatedCall<?, ?>>> running = new ConcurrentHashMap<>();

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
                    Context.current().withValue(PEER, peer),
                    call,
                    headers,
                    (started, all) -> start(peer, started, all, next));
        } catch (CertificateException e) {
            call.close(Status.PERMISSION_DENIED.withDescription(e.getMessage()), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    private <Q, A> ServerCall.Listener<Q> start(
            RegionName peer,
            ServerCall<Q, A> call,
            Metadata headers,
            ServerCallHandler<Q, A> next) {
        return new GatedCall<>(
                        call, running.computeIfAbsent(peer, _ -> ConcurrentHashMap.newKeySet()))
                .start(headers, next);
    }

    /// Ends what the region's node has called and not heard the end of.
    void end(RegionName peer, String reason) {
        running.getOrDefault(peer, Set.of())
                .forEach(call -> call.end(Status.PERMISSION_DENIED.withDescription(reason)));
    }
}
