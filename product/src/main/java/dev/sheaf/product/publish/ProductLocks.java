package dev.sheaf.product.publish;

import dev.sheaf.kernel.ProductName;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// One fair lock for each product: who waits longest goes next.
final class ProductLocks {
    private final Map<ProductName, ReentrantLock> locks = new ConcurrentHashMap<>();

    ReentrantLock of(ProductName product) {
        return locks.computeIfAbsent(product, name -> new ReentrantLock(true));
    }
}
