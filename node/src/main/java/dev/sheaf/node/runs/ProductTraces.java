package dev.sheaf.node.runs;

import dev.sheaf.kernel.ProductName;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Which trace the last change of a product belongs to, be it a release or what is declared of it,
/// for those who copy it afterwards. Kept in memory and for a while: a copy that comes much later
/// has other causes. For any thread.
public final class ProductTraces {
    private static final int PRODUCTS_MAX = 1_000;
    private static final Duration KEPT = Duration.ofMinutes(15);

    private final LongSupplier nanoTime;
    private final Map<ProductName, Made> traces =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ProductName, Made> eldest) {
                    return size() > PRODUCTS_MAX;
                }
            };

    private record Made(String trace, long atNanos) {}

    /// @param nanoTime a clock that never goes back
    public ProductTraces(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// @param trace the header `traceparent`; nothing is kept when it is empty
    public synchronized void changed(ProductName product, String trace) {
        traces.remove(product);
        if (!trace.isEmpty()) {
            traces.put(product, new Made(trace, nanoTime.getAsLong()));
        }
    }

    /// The header `traceparent`, if there is one.
    public synchronized Optional<String> of(ProductName product) {
        return Optional.ofNullable(traces.get(product))
                .filter(made -> nanoTime.getAsLong() - made.atNanos() < KEPT.toNanos())
                .map(Made::trace);
    }
}
