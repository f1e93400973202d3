package dev.sheaf.context.runtime;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.document.Conflict;
import dev.sheaf.context.document.ConflictKind;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds what events that are written again take the place of. Their contexts were raised to what
/// some member may have stripped, so merging finds nothing concurrent there; but what is stable may
/// have been written while they were. For one coming back of one group.
///
/// Where dots are gone nobody can tell: what the writer had seen itself is reported, too, if others
/// have written to the scope since.
final class Overruled {
    private final Group group;
    private final EngineParts parts;

    /// Places that were written again already: what they show now is this node's own.
    private final Set<Written> written = new HashSet<>();

    private record Written(DocumentKey key, List<Step> path) {}

    /// A value that is about to go.
    private record Stable(List<Step> path, JsonNode value) {}

    Overruled(Group group, EngineParts parts) {
        this.group = group;
        this.parts = parts;
    }

    /// Writes the event, and reports what it takes the place of.
    ///
    /// @param before the event as it was written first
    /// @throws dev.sheaf.kernel.Problem when it cannot be merged
    void write(Event before, Event fresh) {
        DocumentKey key = new DocumentKey(fresh.type(), fresh.documentId());
        Optional<KnownType> type = group.typeOf(key);
        List<Stable> stable = List.of();
        if (type.isPresent() && !before.context().covers(group.replica().stripped())) {
            stable = stable(key, type.get(), fresh);
        }
        group.write(fresh);
        for (Stable each : stable) {
            report(key, type.orElseThrow(), fresh, each);
        }
    }

    private List<Stable> stable(DocumentKey key, KnownType type, Event fresh) {
        List<Stable> found = new ArrayList<>();
        for (Op op : fresh.ops()) {
            boolean replaces = op instanceof Op.Assign || op instanceof Op.Remove;
            if (replaces && written.add(new Written(key, op.path()))) {
                shown(key, type, op.path())
                        .ifPresent(value -> found.add(new Stable(op.path(), value)));
            }
        }
        return found;
    }

    private Optional<JsonNode> shown(DocumentKey key, KnownType type, List<Step> path) {
        DocumentEntry entry = group.documents().load(type, key);
        return entry.document.get(entry.document.pointer(path), type.rules(), parts.actors());
    }

    private void report(DocumentKey key, KnownType type, Event fresh, Stable stable) {
        Optional<JsonNode> now = shown(key, type, stable.path());
        if (now.filter(stable.value()::equals).isPresent()) {
            return;
        }
        group.met(
                key,
                fresh,
                new Conflict(
                        ConflictKind.OVERWRITE,
                        stable.path(),
                        group.documents().load(type, key).document.pointer(stable.path()),
                        type.rules().at(stable.path()).resolver(),
                        List.of(
                                new Conflict.Version(Optional.of(stable.value()), Dot.STABLE, 0),
                                new Conflict.Version(now, fresh.dot(), fresh.hlc())),
                        now));
    }
}
