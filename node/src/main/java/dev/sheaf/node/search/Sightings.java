package dev.sheaf.node.search;

import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.Subject;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.registry.Catalog;
import dev.sheaf.registry.search.Viewer;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// What callers may know of, as the catalog's own routes ask for it. For any thread.
public final class Sightings {
    /// For how long answers are remembered that may depend on the time.
    private static final long ROUND_SECONDS = 30;

    private final Governance governance;
    private final Catalog catalog;
    private final LongSupplier grantChanges;
    private final AtomicLong policyChanges = new AtomicLong();
    private final Clock clock;

    /// @param governance one that keeps no list of what it is asked: this asks much
    /// @param grantChanges how often the grants have changed so far
    public Sightings(
            Governance governance, Catalog catalog, LongSupplier grantChanges, Clock clock) {
        this.governance = governance;
        this.catalog = catalog;
        this.grantChanges = grantChanges;
        this.clock = clock;
    }

    /// To be called when other policies decide.
    public void policiesChanged() {
        policyChanges.incrementAndGet();
    }

    /// Counts, and no revisions: policies that come back may have been asked something in between.
    private record Key(Subject subject, long policies, long grants) {}

    public Viewer of(Principal caller) {
        return new Caller(
                caller,
                new Key(Governance.subject(caller), policyChanges.get(), grantChanges.getAsLong()),
                clock.instant().getEpochSecond() / ROUND_SECONDS);
    }

    private final class Caller implements Viewer {
        private final Principal caller;
        private final Key key;
        private final long round;

        Caller(Principal caller, Key key, long round) {
            this.caller = caller;
            this.key = key;
            this.round = round;
        }

        @Override
        public Object key() {
            return key;
        }

        @Override
        public long round() {
            return round;
        }

        @Override
        public boolean mayKnow(ProductName name) {
            return catalog.product(name)
                    .filter(product ->
                            governance.decide(caller, Action.PRODUCT_DESCRIBE, product, "")
                                    instanceof Decision.Allow)
                    .isPresent();
        }
    }
}
