package dev.sheaf.bench.context.regions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What writers were told: for each document, what must be in it and what may be in it. For any
/// thread.
public final class Witness {
    private final Map<String, Expected> documents = new ConcurrentHashMap<>();
    private final LongAdder attempted = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final List<String> violations = new ArrayList<>();

    /// One document's.
    static final class Expected {
        private final Map<String, Long> attemptedSums = new TreeMap<>();
        private final Map<String, Long> acknowledgedSums = new TreeMap<>();
        private final Map<String, Set<String>> attemptedMembers = new TreeMap<>();
        private final Map<String, Set<String>> acknowledgedMembers = new TreeMap<>();
        private final Map<String, Long> attemptedVersions = new TreeMap<>();
        private final Map<String, Long> acknowledgedVersions = new TreeMap<>();

        synchronized void attempt(Effect effect) {
            note(effect, attemptedSums, attemptedMembers, attemptedVersions);
        }

        synchronized void acknowledge(Effect effect) {
            note(effect, acknowledgedSums, acknowledgedMembers, acknowledgedVersions);
        }

        private static void note(
                Effect effect,
                Map<String, Long> sums,
                Map<String, Set<String>> members,
                Map<String, Long> versions) {
            switch (effect) {
                case Effect.Add(String field, long amount) -> sums.merge(field, amount, Long::sum);
                case Effect.Member(String field, String value) ->
                        members.computeIfAbsent(field, key -> new TreeSet<>()).add(value);
                case Effect.Version(String field, long number) ->
                        versions.merge(field, number, Math::max);
            }
        }

        synchronized long sum(String field, boolean acknowledged) {
            return (acknowledged ? acknowledgedSums : attemptedSums).getOrDefault(field, 0L);
        }

        synchronized Set<String> members(String field, boolean acknowledged) {
            return new TreeSet<>(
                    (acknowledged ? acknowledgedMembers : attemptedMembers)
                            .getOrDefault(field, Set.of()));
        }

        synchronized Map<String, Long> versions(boolean acknowledged) {
            return new TreeMap<>(acknowledged ? acknowledgedVersions : attemptedVersions);
        }
    }

    Expected of(String document) {
        return documents.computeIfAbsent(document, key -> new Expected());
    }

    Set<String> documents() {
        return new TreeSet<>(documents.keySet());
    }

    void attempted() {
        attempted.increment();
    }

    void acknowledged() {
        acknowledged.increment();
    }

    void repeated() {
        repeated.increment();
    }

    void abandoned() {
        abandoned.increment();
    }

    /// Something is not as it must be.
    public synchronized void violation(String what) {
        violations.add(what);
    }

    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /// Writes that were acknowledged.
    public long acknowledgedCount() {
        return acknowledged.sum();
    }

    /// In one line.
    public String summary() {
        return "%,d writes tried, %,d acknowledged, %,d repeated with the same event id, %,d given up"
                .formatted(attempted.sum(), acknowledged.sum(), repeated.sum(), abandoned.sum());
    }
}
