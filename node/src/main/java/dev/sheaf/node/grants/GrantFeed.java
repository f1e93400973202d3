package dev.sheaf.node.grants;

import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.Read;
import dev.sheaf.context.runtime.ReadRequest;
import dev.sheaf.context.runtime.Watch;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// Keeps the index as the documents are: reads them all, then follows their changes, of this region
/// and of others. When that breaks off it begins again, and until it has succeeded the node says of
/// itself that it is not ready, as it may not hear of revocations.
final class GrantFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrantFeed.class);
    private static final int IDS_AT_ONCE = 1000;
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// Whatever is here will do, even if another region was never heard of.
    static final Duration ANY_STALENESS = Duration.ofNanos(Long.MAX_VALUE);

    private final ContextService documents;
    private final GrantIndex index;
    private final DecisionSeal seal;
    private final AtomicBoolean isToReconsider = new AtomicBoolean();
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;

    private GrantFeed(ContextService documents, GrantIndex index, DecisionSeal seal, Watch first) {
        this.documents = documents;
        this.seal = seal;
        this.index = index;
        this.thread = Thread.ofVirtual().name("grants").unstarted(() -> run(first));
    }

    /// The index has all documents when this returns.
    static GrantFeed open(ContextService documents, GrantIndex index, DecisionSeal seal) {
        Watch watch = documents.watch(GrantDocument.TYPE, Optional.empty(), Optional.empty());
        GrantFeed feed = new GrantFeed(documents, index, seal, watch);
        try {
            feed.load();
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
        feed.thread.start();
        return feed;
    }

    /// All are read anew, soon.
    void reconsider() {
        isToReconsider.set(true);
    }

    /// @throws Problem UNAVAILABLE while changes are not followed
    void requireFollowing() {
        RuntimeException broken = failure;
        if (broken != null) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "changes of grants are not followed; it is tried again: " + broken.getMessage(),
                    broken);
        }
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
            LOG.debug("grants are followed no more", e);
        }
    }

    private void brokeOff(RuntimeException e) {
        failure = e;
        if (e instanceof Problem problem && problem.code() == ProblemCode.CONFLICT) {
            LOG.info("grants are read anew: {}", problem.message());
        } else {
            LOG.error("changes of grants are not followed; it is tried again", e);
        }
    }

    /// @param loaded a watch up to whose beginning the index has all; else one is opened
    private void follow(Optional<Watch> loaded) throws InterruptedException {
        try (Watch watch =
                loaded.orElseGet(() ->
                        documents.watch(GrantDocument.TYPE, Optional.empty(), Optional.empty()))) {
            if (loaded.isEmpty()) {
                load();
            }
            failure = null;
            while (!Thread.currentThread().isInterrupted()) {
                watch.next(PATIENCE).ifPresent(change -> take(change.key().id(), change.value()));
                if (isToReconsider.getAndSet(false)) {
                    load();
                }
            }
        }
    }

    private void load() {
        Set<String> gone = new HashSet<>(index.ids());
        String after = "";
        List<String> ids;
        do {
            ids = documents.list(GrantDocument.TYPE, after, IDS_AT_ONCE);
            for (String id : ids) {
                take(id, read(id));
                gone.remove(id);
                after = id;
            }
        } while (ids.size() == IDS_AT_ONCE);
        gone.forEach(index::remove);
    }

    private Optional<JsonNode> read(String id) {
        return switch (documents.read(
                new ReadRequest(
                        new DocumentKey(GrantDocument.TYPE, id),
                        Optional.of(ANY_STALENESS),
                        Optional.empty(),
                        Duration.ZERO,
                        Optional.empty()))) {
            case Read.Found found -> Optional.of(found.value());
            case Read.Absent _ -> Optional.empty();
        };
    }

    /// What cannot be read counts as no grant at all.
    private void take(String id, Optional<JsonNode> document) {
        try {
            document.ifPresentOrElse(
                    value -> index.put(GrantDocument.read(id, value, seal)),
                    () -> index.remove(id));
        } catch (Problem unreadable) {
            LOG.warn("{} {} is not understood and does not count", GrantDocument.TYPE, id);
            LOG.debug("{}", unreadable.message(), unreadable);
            index.remove(id);
        }
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
