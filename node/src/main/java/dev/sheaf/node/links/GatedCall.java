package dev.sheaf.node.links;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;

import java.util.Set;

/// A peer's call that can be ended from outside while it runs. For any thread.
final class GatedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Set<GatedCall<?, ?>> running;
    private ServerCall.Listener<Q> listener = new ServerCall.Listener<>() {};
    private boolean isEnded;
    private boolean isClosed;

    /// @param running has it from its start to its end
    GatedCall(ServerCall<Q, A> call, Set<GatedCall<?, ?>> running) {
        super(call);
        this.running = running;
    }

    ServerCall.Listener<Q> start(Metadata headers, ServerCallHandler<Q, A> next) {
        running.add(this);
        ServerCall.Listener<Q> started = next.startCall(this, headers);
        synchronized (this) {
            listener = started;
            if (isEnded) {
                started.onCancel();
            }
        }
        return new SimpleForwardingServerCallListener<>(started) {
            @Override
            public void onCancel() {
                running.remove(GatedCall.this);
                super.onCancel();
            }

            @Override
            public void onComplete() {
                running.remove(GatedCall.this);
                super.onComplete();
            }
        };
    }

    @Override
    public void sendHeaders(Metadata headers) {
        synchronized (this) {
            if (!isEnded) {
                super.sendHeaders(headers);
            }
        }
    }

    @Override
    public void sendMessage(A message) {
        synchronized (this) {
            if (!isEnded) {
                super.sendMessage(message);
            }
        }
    }

    @Override
    public void close(Status status, Metadata trailers) {
        synchronized (this) {
            if (!isClosed) {
                isClosed = true;
                super.close(status, trailers);
            }
        }
    }

    @Override
    public boolean isCancelled() {
        synchronized (this) {
            return isEnded || super.isCancelled();
        }
    }

    /// Nothing more is sent; whoever answers hears that nobody listens.
    void end(Status status) {
        ServerCall.Listener<Q> told;
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            isEnded = true;
            super.close(status, new Metadata());
            told = listener;
        }
        told.onCancel();
    }
}
