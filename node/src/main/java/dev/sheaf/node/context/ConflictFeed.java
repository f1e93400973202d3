package dev.sheaf.node.context;

import dev.sheaf.context.runtime.ConflictEntry;
import dev.sheaf.context.runtime.ConflictQuery;
import dev.sheaf.context.runtime.ContextService;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Conflicts one after the other, from a position on, page by page.
final class ConflictFeed implements LiveStreams.Feed {
    private final ContextService service;
    private final Deque<ConflictEntry> page = new ArrayDeque<>();
    private ConflictQuery query;

    ConflictFeed(ContextService service, ConflictQuery query) {
        this.service = service;
        this.query = query;
        turn();
    }

    @Override
    public Optional<LiveStreams.Event> next(Duration patience) throws InterruptedException {
        if (page.isEmpty()) {
            turn();
        }
        if (page.isEmpty()) {
            Thread.sleep(patience);
            return Optional.empty();
        }
        ConflictEntry next = page.removeFirst();
        return Optional.of(new LiveStreams.Event(next.position(), ContextAnswers.conflict(next)));
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
