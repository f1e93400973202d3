package dev.sheaf.context.runtime;

import dev.sheaf.context.Event;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.store.EventLog;
import dev.sheaf.context.sync.MemberChange;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A watch over the feed of changes, and over the log where the feed does not go back far enough.
/// For one thread at a time.
final class LogWatch implements Watch {
    private static final int CHANGES_AT_ONCE = 256;

    private final Groups groups;
    private final EngineParts parts;
    private final KnownType type;
    private final Optional<String> id;
    private final ArrayDeque<ChangeFeed.Entry> pending = new ArrayDeque<>();
    private final int replacements;
    private long position;
    private boolean closed;

    LogWatch(Groups groups, KnownType type, Optional<String> id, Optional<String> from) {
        this.groups = groups;
        this.parts = groups.parts();
        this.type = type;
        this.id = id;
        this.replacements = parts.feed().replacements(type.scope());
        parts.feed().watching(parts.log()::appendedPosition);
        this.position = from.map(this::position).orElseGet(() -> parts.log().appendedPosition());
    }

    private long position(String text) {
        try {
            long wanted = Long.parseLong(text);
            if (wanted >= 0 && wanted <= parts.log().syncedPosition()) {
                return wanted;
            }
        } catch (NumberFormatException e) {
            parts.feed().gone();
            throw unknownPosition(text, e);
        }
        parts.feed().gone();
        throw unknownPosition(text, null);
    }

    private static Problem unknownPosition(
            String text, @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.BAD_REQUEST,
                "'"
                        + text
                        + "' is no position of this node's changes. Positions are each node's own:"
                        + " read the documents, and watch from now on",
                cause);
    }

    @Override
    public Optional<Change> next(Duration patience) throws InterruptedException {
        long end = parts.nanoTime().getAsLong() + patience.toNanos();
        while (true) {
            requireSameState();
            while (!pending.isEmpty()) {
                ChangeFeed.Entry entry = pending.remove();
                if (!isRepeated(entry)) {
                    return Optional.of(change(entry));
                }
            }
            long left = end - parts.nanoTime().getAsLong();
            if (left <= 0 || !fetch(left)) {
                return Optional.empty();
            }
        }
    }

    private void requireSameState() {
        if (parts.feed().replacements(type.scope()) != replacements) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "this node has joined the scope "
                            + type.scope()
                            + " and got its documents as a whole: read the documents, and watch"
                            + " from now on");
        }
    }

    /// Whether a later change of the same document is waiting: that one shows more.
    private boolean isRepeated(ChangeFeed.Entry entry) {
        return pending.stream().anyMatch(later -> later.key().equals(entry.key()));
    }

    private boolean fetch(long waitNanos) throws InterruptedException {
        List<ChangeFeed.Entry> found = parts.feed().after(position, CHANGES_AT_ONCE, waitNanos);
        if (found == null) {
            found = fromLog();
        }
        if (found.isEmpty()) {
            return false;
        }
        position = found.getLast().position();
        found.stream().filter(this::isWanted).forEach(pending::add);
        return true;
    }

    private boolean isWanted(ChangeFeed.Entry entry) {
        return entry.key().type().equals(type.name())
                && id.map(entry.key().id()::equals).orElse(true);
    }

    /// Ends a replay once there is enough.
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }

    private List<ChangeFeed.Entry> fromLog() {
        List<ChangeFeed.Entry> found = new ArrayList<>();
        EventLog log = parts.log();
        long through = log.syncedPosition();
        try (LogEvents.Decoder decoder = new LogEvents(log, parts.actors()).decoder()) {
            log.replay(
                    position,
                    record -> {
                        decoder.decode(record, event -> found.add(entry(record.position(), event)));
                        if (found.size() >= CHANGES_AT_ONCE) {
                            throw new Enough();
                        }
                    });
        } catch (Enough enough) {
            return found;
        } catch (Problem cut) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "the log no longer goes back to position "
                            + position
                            + ": read the documents, and watch from now on",
                    cut);
        }
        if (found.isEmpty()) {
            // What lies between is not of events; the feed knows what comes after.
            position = Math.max(position, through);
        }
        return found;
    }

    private static ChangeFeed.Entry entry(long position, Event event) {
        String typeName = MemberChange.isMemberChange(event) ? "" : event.type();
        return new ChangeFeed.Entry(
                position,
                new DocumentKey(typeName, event.documentId()),
                event.eventId(),
                event.actor(),
                event.hlc());
    }

    private Change change(ChangeFeed.Entry entry) {
        Group group = groups.of(type, entry.key());
        CompletableFuture<Change> answer = new CompletableFuture<>();
        group.worker()
                .submit(() -> {
                    try {
                        DocumentEntry document = group.documents().load(type, entry.key());
                        answer.complete(
                                new Change(
                                        resumeAfter(entry),
                                        entry.key(),
                                        group.shows(document)
                                                ? document.document.view(
                                                        type.rules(), parts.actors())
                                                : Optional.empty(),
                                        GroupReads.versionOf(document),
                                        entry.eventId(),
                                        parts.actors().actor(entry.actor()).region().toString(),
                                        Instant.ofEpochMilli(Hlc.millis(entry.hlc()))));
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        return ContextRuntime.await(answer);
    }

    /// A record's changes have one position: to resume behind it is right only after its last.
    private String resumeAfter(ChangeFeed.Entry entry) {
        Set<Long> waiting = new HashSet<>();
        pending.forEach(each -> waiting.add(each.position()));
        return Long.toString(
                waiting.contains(entry.position()) ? entry.position() - 1 : entry.position());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            parts.feed().gone();
        }
    }
}
