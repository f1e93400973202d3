package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.product.ProductSpec;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Keeps subjects of products as contracts say, and copies for other regions as policies say: at
/// once when something has changed, and every minute. One thread.
final class ContractFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContractFollower.class);
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final Subjects subjects;
    private final SchemaChanges changes;
    private final SchemaHome home;
    private final Semaphore due = new Semaphore(1);
    private final Thread thread;

    ContractFollower(Subjects subjects, SchemaChanges changes, SchemaHome home) {
        this.subjects = subjects;
        this.changes = changes;
        this.home = home;
        this.thread = Thread.ofVirtual().name("schemas").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Returns at once.
    void changed() {
        subjects.declared();
        due.release();
    }

    private void run() {
        boolean isDone = true;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Duration wait = isDone ? SWEEP : AGAIN;
                if (due.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    due.drainPermits();
                }
                isDone = sweep();
            }
        } catch (InterruptedException e) {
            LOG.debug("contracts are followed no more", e);
        }
    }

    private boolean sweep() {
        boolean isDone = true;
        try {
            for (ProductSpec spec : subjects.own().values()) {
                isDone &= follow(spec);
            }
            home.copyAll();
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.error("schemas of contracts are not up to date; it is tried again", e);
            }
            isDone = false;
        }
        return isDone;
    }

    private boolean follow(ProductSpec spec) {
        try {
            String subject = ContractSettings.of(spec.table(), spec.name()).subject();
            changes.follow(
                    spec.name(), subject, ContractFit.schema(spec), spec.contract().version());
            return true;
        } catch (Problem later) {
            LOG.warn("{} has no schema yet: {}", spec.name(), later.message());
            return !later.code().retryable();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
