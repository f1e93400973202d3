package dev.sheaf.testkit;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.SyncConfig;
import dev.sheaf.kernel.RegionName;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One group as the whole simulation sees it.
final class SimScope {
    final GroupId id;
    final ActorTable actors;
    final SyncConfig config;
    final Set<RegionName> regions = new HashSet<>();
    final Set<RegionName> redacted = new HashSet<>();
    final List<String> documents;
    final Truth truth = new Truth();
    private final boolean anyMayRelay;

    SimScope(
            GroupId id,
            ActorTable actors,
            SyncConfig config,
            List<String> documents,
            boolean anyMayRelay) {
        this.anyMayRelay = anyMayRelay;
        this.id = id;
        this.actors = actors;
        this.config = config;
        this.documents = documents;
    }

    boolean mayRelay(RegionName relay, RegionName to) {
        return anyMayRelay || !redacted.contains(relay) || redacted.contains(to);
    }
}
