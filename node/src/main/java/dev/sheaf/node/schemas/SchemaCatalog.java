package dev.sheaf.node.schemas;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.schemas.SchemaEntry.Region;
import dev.sheaf.node.schemas.SchemaEntry.State;
import dev.sheaf.node.schemas.SchemaEntry.Subject;
import dev.sheaf.node.schemas.SchemaEntry.Version;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// All schemas that are known here, of all regions, as their homes say. Reads do not wait unless
/// asked to. For any thread.
final class SchemaCatalog {
    private record Place(RegionName home, String key) {}

    /// @param revision the latest counts, as an entry may stand in several documents for a while
    private record Said(long revision, SchemaEntry entry) {}

    /// A version with the region that says it.
    record Known(RegionName home, Version version) {}

    private final Map<Place, Map<String, Said>> said = new HashMap<>();
    private final Map<RegionName, Region> regions = new ConcurrentHashMap<>();
    private final NavigableMap<String, Map<RegionName, Subject>> subjects =
            new ConcurrentSkipListMap<>();
    private final Map<String, Map<RegionName, NavigableMap<Integer, Version>>> versions =
            new ConcurrentHashMap<>();
    private final Map<Integer, List<Known>> ids = new ConcurrentHashMap<>();
    private final Set<RegionName> former = new HashSet<>();

    /// How many there were, for those who wait for the next.
    private volatile long changes;

    /// @param type of the document that says so
    synchronized void put(String type, RegionName home, long revision, SchemaEntry entry) {
        Place place = new Place(home, entry.key());
        said.computeIfAbsent(place, _ -> new HashMap<>()).put(type, new Said(revision, entry));
        refresh(place);
        changes++;
        notifyAll();
    }

    /// Waits until something is known here that another region has said.
    ///
    /// @param isKnown asked again after each change
    /// @param max after which it is waited no more
    /// @throws InterruptedException when the waiting thread is to end
    void await(BooleanSupplier isKnown, Duration max) throws InterruptedException {
        long end = System.nanoTime() + max.toNanos();
        while (true) {
            long seen = changes;
            if (isKnown.getAsBoolean() || !awaitChange(seen, end)) {
                return;
            }
        }
    }

    private synchronized boolean awaitChange(long seen, long endNanos) throws InterruptedException {
        while (changes == seen) {
            long left = endNanos - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /// The document is not there any more.
    synchronized void remove(String type, RegionName home, String key) {
        Place place = new Place(home, key);
        Map<String, Said> all = said.get(place);
        if (all == null) {
            return;
        }
        Optional<SchemaEntry> before = newest(all);
        all.remove(type);
        if (all.isEmpty()) {
            said.remove(place);
            before.ifPresent(entry -> forget(home, entry));
        } else {
            refresh(place);
        }
    }

    /// The region is in the mesh no more: it has no subjects, and they may be had by others. Its
    /// schemas stay by their ids, as there may be data that was written with them.
    synchronized void dismiss(RegionName home) {
        former.add(home);
        subjects.keySet().forEach(subject -> drop(subjects, subject, home));
    }

    /// The region is in the mesh, perhaps again.
    synchronized void welcome(RegionName home) {
        if (former.remove(home)) {
            said.keySet().stream()
                    .filter(place -> place.home().equals(home))
                    .forEach(this::refresh);
        }
    }

    private static Optional<SchemaEntry> newest(Map<String, Said> all) {
        return all.values().stream().max(Comparator.comparingLong(Said::revision)).map(Said::entry);
    }

    private void refresh(Place place) {
        newest(said.getOrDefault(place, Map.of()))
                .ifPresent(entry -> {
                    switch (entry) {
                        case Region region -> regions.put(place.home(), region);
                        case Subject subject -> {
                            if (!former.contains(place.home())) {
                                subjects.computeIfAbsent(
                                                subject.subject(), _ -> new ConcurrentHashMap<>())
                                        .put(place.home(), subject);
                            }
                        }
                        case Version version -> take(place.home(), version);
                    }
                });
    }

    private void take(RegionName home, Version version) {
        versions.computeIfAbsent(version.subject(), _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(home, _ -> new ConcurrentSkipListMap<>())
                .put(version.number(), version);
        List<Known> others = without(home, version);
        List<Known> all = new ArrayList<>(others);
        all.add(new Known(home, version));
        ids.put(version.id(), List.copyOf(all));
    }

    private List<Known> without(RegionName home, Version version) {
        return ids.getOrDefault(version.id(), List.of()).stream()
                .filter(known ->
                        !known.home().equals(home) || !known.version().key().equals(version.key()))
                .toList();
    }

    private void forget(RegionName home, SchemaEntry entry) {
        switch (entry) {
            case Region _ -> regions.remove(home);
            case Subject subject -> drop(subjects, subject.subject(), home);
            case Version version -> {
                Map<RegionName, NavigableMap<Integer, Version>> all =
                        versions.getOrDefault(version.subject(), Map.of());
                NavigableMap<Integer, Version> own = all.get(home);
                if (own != null) {
                    own.remove(version.number());
                }
                List<Known> others = without(home, version);
                if (others.isEmpty()) {
                    ids.remove(version.id());
                } else {
                    ids.put(version.id(), others);
                }
            }
        }
    }

    private static <T> void drop(
            Map<String, Map<RegionName, T>> all, String subject, RegionName home) {
        Map<RegionName, T> of = all.get(subject);
        if (of != null) {
            of.remove(home);
            if (of.isEmpty()) {
                all.remove(subject);
            }
        }
    }

    Map<RegionName, Region> regions() {
        return Map.copyOf(regions);
    }

    Optional<Region> region(RegionName home) {
        return Optional.ofNullable(regions.get(home));
    }

    /// The region whose ids begin with a block: of several that claim it the one that did so first.
    Optional<RegionName> blockOwner(int block) {
        return regions.entrySet().stream()
                .filter(each -> each.getValue().claimed(block).isPresent())
                .min(
                        Comparator.<Map.Entry<RegionName, Region>, Instant>comparing(
                                        each -> each.getValue().claimed(block).orElseThrow())
                                .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    /// All subjects that somebody claims, in order of their names.
    List<String> subjects() {
        return List.copyOf(subjects.keySet());
    }

    /// The region that has a subject: of several that claim it the one that did so first.
    Optional<RegionName> claimant(String subject) {
        return subjects.getOrDefault(subject, Map.of()).entrySet().stream()
                .min(
                        Comparator.<Map.Entry<RegionName, Subject>, Instant>comparing(
                                        each -> each.getValue().since())
                                .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    Optional<Subject> subject(RegionName home, String subject) {
        return Optional.ofNullable(subjects.getOrDefault(subject, Map.of()).get(home));
    }

    /// All versions, also those that are gone, by number.
    NavigableMap<Integer, Version> versions(RegionName home, String subject) {
        NavigableMap<Integer, Version> own = versions.getOrDefault(subject, Map.of()).get(home);
        return own == null ? new TreeMap<>() : new TreeMap<>(own);
    }

    /// Who uses an id; none whose text is gone.
    List<Known> uses(int id) {
        return ids.getOrDefault(id, List.of()).stream()
                .filter(known -> known.version().state() != State.GONE)
                .toList();
    }

    /// All that a region says.
    synchronized List<SchemaEntry> entries(RegionName home) {
        return said.entrySet().stream()
                .filter(each -> each.getKey().home().equals(home))
                .flatMap(each -> newest(each.getValue()).stream())
                .toList();
    }
}
