package dev.sheaf.product.publish;

import dev.sheaf.engine.EngineSession;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells a listener the engine's progress a few times a second until it is closed.
final class ProgressPump implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(250);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    ProgressPump(EngineSession session, Progress listener) {
        thread =
                Thread.ofVirtual()
                        .name("publish-progress")
                        .start(() -> {
                            while (!await()) {
                                listener.at(session.progress());
                            }
                        });
    }

    /// Hears a fraction 0..1, negative when it is not known.
    interface Progress {
        void at(double fraction);
    }

    private boolean await() {
        try {
            return closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
