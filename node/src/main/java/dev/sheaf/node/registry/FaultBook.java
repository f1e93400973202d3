package dev.sheaf.node.registry;

import dev.sheaf.registry.CatalogFault;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Documents that do not count, each with its reason; logged once, counted. For any thread.
final class FaultBook {
    private static final Logger LOG = LoggerFactory.getLogger(FaultBook.class);

    private record Key(String type, String document) {}

    private final Map<Key, CatalogFault> faults = new ConcurrentHashMap<>();
    private final AtomicLong found = new AtomicLong();
    private final Clock clock;

    FaultBook(Clock clock) {
        this.clock = clock;
    }

    void add(String type, String document, String reason) {
        Key key = new Key(type, document);
        Optional<CatalogFault> known = Optional.ofNullable(faults.get(key));
        if (known.map(fault -> fault.reason().equals(reason)).orElse(false)) {
            return;
        }
        faults.put(key, new CatalogFault(type, document, reason, clock.instant()));
        found.incrementAndGet();
        LOG.warn("{} {} does not count: {}", type, document, reason);
    }

    void remove(String type, String document) {
        faults.remove(new Key(type, document));
    }

    /// Of a type, the documents' ids.
    Set<String> of(String type) {
        return faults.keySet().stream()
                .filter(key -> key.type().equals(type))
                .map(Key::document)
                .collect(Collectors.toSet());
    }

    /// By type and document.
    List<CatalogFault> all() {
        return faults.values().stream()
                .sorted(
                        Comparator.comparing(CatalogFault::type)
                                .thenComparing(CatalogFault::document))
                .toList();
    }

    /// How many were found since the start.
    long found() {
        return found.get();
    }
}
