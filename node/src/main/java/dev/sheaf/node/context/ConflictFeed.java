package dev.sheaf.node.context;

import dev.sheaf.client.ContextConflict;
import dev.sheaf.context.runtime.ConflictEntry;
import dev.sheaf.context.runtime.ConflictQuery;
import dev.sheaf.context.runtime.ContextService;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;

/// Conflicts one after the other, from a position on, page by page.
final class ConflictFeed implements LiveStreams.Feed {
    private final ContextService service;
    private final Runnable allowed;
    private final Function<ConflictEntry, Optional<ContextConflict>> shown;
    private final Deque<ConflictEntry> page = new ArrayDeque<>();
    private ConflictQuery query;

    /// @param allowed throws once the stream is not allowed any more
    /// @param shown a conflict as the reader sees it, if they do
    ConflictFeed(
            ContextService service,
            ConflictQuery query,
            Runnable allowed,
            Function<ConflictEntry, Optional<ContextConflict>> shown) {
        this.service = service;
        this.query = query;
        this.allowed = allowed;
        this.shown = shown;
        turn();
    }

    @Override
    public Optional<LiveStreams.Event> next(Duration patience) throws InterruptedException {
        if (page.isEmpty()) {
            turn();
        }
        if (page.isEmpty()) {
            Thread.sleep(patience);
        }
        allowed.run();
        if (page.isEmpty()) {
            return Optional.empty();
        }
        ConflictEntry next = page.removeFirst();
        return shown.apply(next).map(conflict -> new LiveStreams.Event(next.position(), conflict));
    }

    private void turn() {
        page.addAll(service.conflicts(query));
        if (!page.isEmpty()) {
            query =
                    new ConflictQuery(
                            query.type(),
                            query.id(),
                            query.queue(),
                            Optional.of(page.getLast().position()),
                            query.limit());
        }
    }

    @Override
    public void close() {
        page.clear();
    }
}
