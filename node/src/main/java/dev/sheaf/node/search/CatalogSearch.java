package dev.sheaf.node.search;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.registry.Catalog;
import dev.sheaf.registry.CatalogProduct;
import dev.sheaf.registry.search.SearchAnswer;
import dev.sheaf.registry.search.SearchIndex;
import dev.sheaf.registry.search.SearchRequest;
import dev.sheaf.registry.search.Viewer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.logging.Level;

/// The catalog's search index: filled in the background after the start, and kept up with the
/// catalog by a thread of its own. For any thread.
public final class CatalogSearch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogSearch.class);

    /// Kept, as loggers that nobody holds forget their levels: Lucene remarks once that a module of
    /// the JDK's incubator would make vectors faster, of which there are none here.
    private static final java.util.logging.Logger LUCENE =
            java.util.logging.Logger.getLogger("org.apache.lucene");

    private final Catalog catalog;
    private final Function<ProductName, Optional<ProductSpec>> here;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final SearchIndex index;
    private final Set<ProductName> pending = new HashSet<>();
    private final Thread follower;
    private boolean closing;
    private volatile boolean complete;
    private volatile boolean broken;

    private CatalogSearch(
            Catalog catalog, Function<ProductName, Optional<ProductSpec>> here, Path folder) {
        LUCENE.setLevel(Level.SEVERE);
        this.catalog = catalog;
        this.here = here;
        this.index = SearchIndex.in(folder, background);
        catalog.whenChanged(this::changed);
        this.follower = Thread.ofVirtual().name("search-index").unstarted(this::follow);
    }

    /// @param here a product as it is declared in this region
    /// @param folder of its own; what is in it is derived, and thrown away
    public static CatalogSearch open(
            Catalog catalog, Function<ProductName, Optional<ProductSpec>> here, Path folder) {
        CatalogSearch search = new CatalogSearch(catalog, here, folder);
        search.follower.start();
        return search;
    }

    private void changed(Set<ProductName> products) {
        synchronized (pending) {
            pending.addAll(products);
            pending.notifyAll();
        }
    }

    private void follow() {
        try {
            for (CatalogProduct product : catalog.products()) {
                index.put(FoundProducts.of(product, here.apply(product.name())));
            }
            index.compact();
            complete = true;
            for (Set<ProductName> changed = next(); !changed.isEmpty(); changed = next()) {
                changed.forEach(this::take);
                index.refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            broken = true;
            LOG.error("the search index is not kept up any more; a restart builds it anew", e);
        }
    }

    /// @return empty at the end
    private Set<ProductName> next() throws InterruptedException {
        synchronized (pending) {
            while (pending.isEmpty() && !closing) {
                pending.wait();
            }
            Set<ProductName> changed = closing ? Set.of() : Set.copyOf(pending);
            pending.clear();
            return changed;
        }
    }

    private void take(ProductName name) {
        catalog.product(name)
                .ifPresentOrElse(
                        product -> index.put(FoundProducts.of(product, here.apply(name))),
                        () -> index.remove(name));
    }

    /// @throws Problem BAD_REQUEST for a cursor of another search
    public SearchAnswer search(SearchRequest request, Viewer viewer) {
        return index.search(request, viewer);
    }

    /// Whether all that was known at the start can be found; until then some of it.
    public boolean isComplete() {
        return complete;
    }

    /// How many products can be found.
    public int size() {
        return index.size();
    }

    /// @throws Problem UNAVAILABLE when the index is not kept up any more
    public void requireWorking() {
        if (broken) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "the search index is not kept up any more; a restart builds it anew");
        }
    }

    @Override
    public void close() {
        synchronized (pending) {
            closing = true;
            pending.notifyAll();
        }
        try {
            follower.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        background.close();
        index.close();
    }
}
