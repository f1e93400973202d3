package dev.sheaf.node.context;

import dev.sheaf.context.runtime.Watch;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// Reads all documents of a type, then follows their changes, of this region and of others. When
/// that breaks off it begins again. What a reader says of itself as not taken is read again now and
/// then. One thread; the reader is called by it, and by [#open] before.
public final class DocumentFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentFollower.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /// Whoever wants to know the documents.
    public interface Reader {
        /// A document as it is now.
        ///
        /// @param document empty when it is gone
        /// @param origin the region that has written it so; empty when it was read, not heard of
        void take(String id, Optional<JsonNode> document, Optional<String> origin);

        /// Documents that it knows; those that are not there any more are taken as gone.
        Set<String> ids();

        /// Documents that it has not accepted; it is asked again.
        Set<String> unsettled();
    }

    private final LocalDocuments documents;
    private final String type;
    private final Reader reader;
    private final Thread thread;
    private final AtomicBoolean isToReload = new AtomicBoolean();
    private long readAgainNanos = System.nanoTime();
    private volatile @Nullable RuntimeException failure;

    private DocumentFollower(LocalDocuments documents, String type, Reader reader, Watch first) {
        this.documents = documents;
        this.type = type;
        this.reader = reader;
        this.thread = Thread.ofVirtual().name(type).unstarted(() -> run(first));
    }

    /// The reader has taken all documents when this returns.
    public static DocumentFollower open(LocalDocuments documents, String type, Reader reader) {
        Watch watch = documents.watch(type);
        DocumentFollower follower = new DocumentFollower(documents, type, reader, watch);
        try {
            follower.load();
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
        follower.thread.start();
        return follower;
    }

    /// @throws Problem UNAVAILABLE while changes are not followed
    public void requireFollowing() {
        RuntimeException broken = failure;
        if (broken != null) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "changes of "
                            + type
                            + " are not followed; it is tried again: "
                            + broken.getMessage(),
                    broken);
        }
    }

    /// The reader takes all documents once more, soon.
    public void reload() {
        isToReload.set(true);
    }

    private void run(Watch first) {
        try {
            Optional<Watch> loaded = Optional.of(first);
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    follow(loaded);
                } catch (RuntimeException e) {
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    brokeOff(e);
                }
                loaded = Optional.empty();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            LOG.debug("{} is followed no more", type, e);
        }
    }

    private void brokeOff(RuntimeException e) {
        failure = e;
        if (e instanceof Problem problem && problem.code() == ProblemCode.CONFLICT) {
            LOG.info("{} is read anew: {}", type, problem.message());
        } else {
            LOG.error("changes of {} are not followed; it is tried again", type, e);
        }
    }

    /// @param loaded a watch up to whose beginning the reader has all; else one is opened
    private void follow(Optional<Watch> loaded) throws InterruptedException {
        try (Watch watch = loaded.orElseGet(() -> documents.watch(type))) {
            if (loaded.isEmpty()) {
                load();
            }
            failure = null;
            while (!Thread.currentThread().isInterrupted()) {
                watch.next(PATIENCE)
                        .ifPresent(change ->
                                reader.take(
                                        change.key().id(),
                                        change.value(),
                                        Optional.of(change.origin())));
                if (isToReload.getAndSet(false)) {
                    load();
                }
                readAgain();
            }
        }
    }

    private void load() {
        Set<String> gone = new HashSet<>(reader.ids());
        for (String id : documents.ids(type)) {
            reader.take(id, documents.read(type, id), Optional.empty());
            gone.remove(id);
        }
        gone.forEach(id -> reader.take(id, Optional.empty(), Optional.empty()));
    }

    private void readAgain() {
        if (System.nanoTime() - readAgainNanos < AGAIN.toNanos()) {
            return;
        }
        for (String id : reader.unsettled()) {
            reader.take(id, documents.read(type, id), Optional.empty());
        }
        readAgainNanos = System.nanoTime();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
