package dev.sheaf.context.runtime;

import dev.sheaf.context.VersionVector;
import dev.sheaf.context.store.StreamId;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Cuts the log where every member has what is in it, an hour after that: for histories, watches
/// that resume, and peers that come back.
final class LogRetention implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final long KEPT_NANOS = Duration.ofHours(1).toNanos();

    /// What was stable at a moment.
    private record Moment(long nanos, Map<StreamId, Long> stable) {}

    private final Groups groups;
    private final Map<Integer, VersionVector> cuts = new ConcurrentHashMap<>();
    private final ArrayDeque<Moment> moments = new ArrayDeque<>();
    private final Periodic periodic = new Periodic("retention", EVERY, this::cut);

    LogRetention(Groups groups) {
        this.groups = groups;
    }

    void start() {
        periodic.start();
    }

    void stable(Group group, VersionVector cut) {
        cuts.put(group.number(), cut);
    }

    private void cut() {
        long now = groups.parts().nanoTime().getAsLong();
        Map<StreamId, Long> stable = new HashMap<>();
        cuts.forEach((group, cut) -> {
            for (int actor = 0; actor < cut.width(); actor++) {
                if (cut.get(actor) > 0) {
                    stable.put(new StreamId(group, actor), cut.get(actor));
                }
            }
        });
        groups.parts()
                .log()
                .lastSequences()
                .forEach((stream, last) -> {
                    if (!groups.isCurrent(stream.group())) {
                        stable.put(stream, last);
                    }
                });
        moments.add(new Moment(now, stable));
        Moment old = null;
        while (!moments.isEmpty() && now - moments.getFirst().nanos() >= KEPT_NANOS) {
            old = moments.remove();
        }
        if (old != null && !old.stable().isEmpty()) {
            groups.store().truncate(old.stable());
        }
    }

    @Override
    public void close() {
        periodic.close();
    }
}
