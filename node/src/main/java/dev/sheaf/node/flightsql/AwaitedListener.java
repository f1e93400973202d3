package dev.sheaf.node.flightsql;

import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.jspecify.annotations.Nullable;

/// A stream to a client that another thread than the call's own writes. The library takes handlers
/// only while the call is being taken up, and calls them on the call's thread, which therefore must
/// be let go; this one takes them at any time, and calls one at once for what has happened before.
final class AwaitedListener implements ServerStreamListener {
    private final ServerStreamListener inner;
    private @Nullable Runnable onReady;
    private @Nullable Runnable onCancel;
    private boolean cancelled;

    /// To be made on the call's own thread.
    AwaitedListener(ServerStreamListener inner) {
        this.inner = inner;
        inner.setOnReadyHandler(this::ready);
        inner.setOnCancelHandler(this::cancel);
    }

    private void ready() {
        Runnable action;
        synchronized (this) {
            action = onReady;
        }
        if (action != null) {
            action.run();
        }
    }

    private void cancel() {
        Runnable action;
        synchronized (this) {
            cancelled = true;
            action = onCancel;
        }
        if (action != null) {
            action.run();
        }
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
        synchronized (this) {
            onReady = handler;
        }
        handler.run();
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
        boolean now;
        synchronized (this) {
            onCancel = handler;
            now = cancelled;
        }
        if (now) {
            handler.run();
        }
    }

    @Override
    public boolean isCancelled() {
        return inner.isCancelled();
    }

    @Override
    public boolean isReady() {
        return inner.isReady();
    }

    @Override
    public void start(VectorSchemaRoot root, DictionaryProvider dictionaries, IpcOption option) {
        inner.start(root, dictionaries, option);
    }

    @Override
    public void putNext() {
        inner.putNext();
    }

    @Override
    public void putNext(ArrowBuf metadata) {
        inner.putNext(metadata);
    }

    @Override
    public void putMetadata(ArrowBuf metadata) {
        inner.putMetadata(metadata);
    }

    @Override
    public void error(Throwable cause) {
        inner.error(cause);
    }

    @Override
    public void completed() {
        inner.completed();
    }

    @Override
    public void setUseZeroCopy(boolean enabled) {
        inner.setUseZeroCopy(enabled);
    }
}
