package dev.sheaf.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What to look for in a node's audit log. Every condition has to hold; of several values in one,
/// one has to. An empty condition always holds.
///
/// @param from the earliest time
/// @param until the first time that is too late
/// @param decisions as in [AuditEntryInfo]
public record AuditSearch(
        Optional<Instant> from,
        Optional<Instant> until,
        List<String> actors,
        List<String> actions,
        List<String> resources,
        List<String> decisions) {
    public AuditSearch {
        actors = List.copyOf(actors);
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        decisions = List.copyOf(decisions);
    }

    void addTo(UriText path) {
        from.ifPresent(time -> path.query("from", time.toString()));
        until.ifPresent(time -> path.query("until", time.toString()));
        actors.forEach(actor -> path.query("actor", actor));
        actions.forEach(action -> path.query("action", action));
        resources.forEach(resource -> path.query("resource", resource));
        decisions.forEach(decision -> path.query("decision", decision));
    }
}
