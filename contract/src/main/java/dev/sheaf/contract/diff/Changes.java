package dev.sheaf.contract.diff;

import dev.sheaf.contract.diff.Change.Kind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Collects changes.
final class Changes {
    private static final Comparator<Change> ORDER =
            Comparator.comparing(Change::impact)
                    .reversed()
                    .thenComparing(Change::path)
                    .thenComparing(Change::kind);

    private final List<Change> list = new ArrayList<>();

    List<Change> sorted() {
        return list.stream().sorted(ORDER).toList();
    }

    void add(
            String path,
            Kind kind,
            Impact impact,
            Optional<String> from,
            Optional<String> to,
            String reason) {
        list.add(new Change(path, kind, impact, from, to, reason));
    }

    /// A change from one text to another, if there is one.
    void text(
            String path,
            Kind kind,
            Impact impact,
            Optional<String> from,
            Optional<String> to,
            String reason) {
        if (!from.equals(to)) {
            add(path, kind, impact, from, to, reason);
        }
    }
}
