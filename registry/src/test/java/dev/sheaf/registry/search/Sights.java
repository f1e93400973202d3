package dev.sheaf.registry.search;

import dev.sheaf.kernel.ProductName;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A viewer from whom some products are hidden, and who counts what is asked.
final class Sights implements Viewer {
    static final Viewer ALL = new Sights();

    final Set<String> hidden = ConcurrentHashMap.newKeySet();
    final AtomicInteger asked = new AtomicInteger();
    Object key = new Object();
    long round;

    @Override
    public Object key() {
        return key;
    }

    @Override
    public long round() {
        return round;
    }

    @Override
    public boolean mayKnow(ProductName product) {
        asked.incrementAndGet();
        return !hidden.contains(product.toString());
    }

    static Set<String> names(SearchAnswer answer) {
        Set<String> names = new TreeSet<>();
        answer.hits().forEach(hit -> names.add(hit.document().name().toString()));
        return names;
    }
}
