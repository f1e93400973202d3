package dev.sheaf.node.flightsql;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.RequestIds;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.TokenVerifier;
import dev.sheaf.node.tracing.Tracer;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lets calls through whose caller is known: by a bearer token, or by a user name and password of
/// which the password is the token. There is no other way in, for no method.
///
/// A client that shakes hands is given its token back as the one to send from then on, as clients
/// of Flight expect it.
final class CallerGate implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> TRACE =
            Metadata.Key.of(Tracer.HEADER, Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";
    private static final String HANDSHAKE = "Handshake";

    /// Of an answer, before more is asked for: some batches, so that their maker and the network
    /// seldom wait for each other.
    private static final int UNSENT_BYTES_MAX = 2 << 20;

    private final TokenVerifier tokens;
    private final Audit audit;
    private final String currency;
    private final int callsMax;
    private final Semaphore calls;

    /// @param currency of prices here
    /// @param callsMax how many calls are worked on at once
    CallerGate(TokenVerifier tokens, Audit audit, String currency, int callsMax) {
        this.tokens = tokens;
        this.audit = audit;
        this.currency = currency;
        this.callsMax = callsMax;
        this.calls = new Semaphore(callsMax);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!calls.tryAcquire()) {
            return refused(
                    call,
                    Status.RESOURCE_EXHAUSTED.withDescription(
                            "the node works on "
                                    + callsMax
                                    + " calls already, which is all it takes at once (BUSY)"));
        }
        AtomicBoolean isInside = new AtomicBoolean(true);
        ServerCall<Q, A> counted = new CountedCall<>(call, isInside);
        SqlCaller caller;
        try {
            caller = caller(headers, call.getMethodDescriptor().getFullMethodName());
        } catch (Problem refused) {
            Status status =
                    refused.code() == ProblemCode.UNAUTHENTICATED
                            ? Status.UNAUTHENTICATED
                            : Status.INVALID_ARGUMENT;
            return refused(
                    counted,
                    status.withDescription(refused.message() + " (" + refused.code() + ")"));
        }
        call.setOnReadyThreshold(UNSENT_BYTES_MAX);
        boolean isHandshake = HANDSHAKE.equals(call.getMethodDescriptor().getBareMethodName());
        ServerCall<Q, A> told = isHandshake ? new AnsweredCall<>(counted, caller.token()) : counted;
        Context context = Context.current().withValue(SqlCaller.CURRENT, caller);
        try {
            return new CountedListener<>(
                    Contexts.interceptCall(context, told, headers, next), isInside);
        } catch (RuntimeException e) {
            leave(isInside);
            throw e;
        }
    }

    private SqlCaller caller(Metadata headers, String method) {
        String requestId = RequestIds.of(Optional.ofNullable(headers.get(REQUEST_ID)));
        String token;
        Principal principal;
        try {
            token = token(Optional.ofNullable(headers.get(AUTHORIZATION)));
            principal = tokens.verify(token);
        } catch (Problem refused) {
            audit.record(
                    requestId,
                    Principal.NOBODY,
                    "authenticate",
                    method,
                    Audit.Outcome.DENIED,
                    Map.of("reason", refused.message()));
            throw refused;
        }
        return new SqlCaller(
                principal,
                token,
                requestId,
                StatementTerms.of(headers, currency),
                Optional.ofNullable(headers.get(TRACE)));
    }

    private static String token(Optional<String> authorization) {
        String header = authorization.orElseThrow(CallerGate::noToken);
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return header.substring(BEARER.length()).strip();
        }
        if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return password(header.substring(BASIC.length()).strip());
        }
        throw noToken();
    }

    private static String password(String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemCode.UNAUTHENTICATED, "the user name and password are not readable", e);
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw noToken();
        }
        return pair.substring(colon + 1);
    }

    private static Problem noToken() {
        return new Problem(
                ProblemCode.UNAUTHENTICATED,
                "no token: give the connection the property token, or any user name with the token"
                        + " as its password");
    }

    private static <Q, A> ServerCall.Listener<Q> refused(ServerCall<Q, A> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }

    /// Tells the token that is to be used from now on.
    private static final class AnsweredCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final String token;
        private boolean isTold;

        AnsweredCall(ServerCall<Q, A> call, String token) {
            super(call);
            this.token = token;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            headers.put(AUTHORIZATION, "Bearer " + token);
            isTold = true;
            super.sendHeaders(headers);
        }

        /// An answer without a message has its headers at its end.
        @Override
        public void close(Status status, Metadata trailers) {
            if (!isTold && status.isOk()) {
                trailers.put(AUTHORIZATION, "Bearer " + token);
            }
            super.close(status, trailers);
        }
    }

    /// Gives its place back when it is answered.
    private final class CountedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final AtomicBoolean isInside;

        CountedCall(ServerCall<Q, A> call, AtomicBoolean isInside) {
            super(call);
            this.isInside = isInside;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            leave(isInside);
            super.close(status, trailers);
        }
    }

    /// Gives its place back when its client is gone.
    private final class CountedListener<Q>
            extends io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener<Q> {
        private final AtomicBoolean isInside;

        CountedListener(ServerCall.Listener<Q> inner, AtomicBoolean isInside) {
            super(inner);
            this.isInside = isInside;
        }

        @Override
        public void onCancel() {
            leave(isInside);
            super.onCancel();
        }
    }

    private void leave(AtomicBoolean isInside) {
        if (isInside.compareAndSet(true, false)) {
            calls.release();
        }
    }
}
