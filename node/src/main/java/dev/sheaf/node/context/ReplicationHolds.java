package dev.sheaf.node.context;

import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.context.runtime.HeldScope;
import dev.sheaf.kernel.RegionName;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps the links to what policies allow: a scope with a type that may not go to a region is held
/// back from it, until all of its types may. Asked again whenever policies or types change, and
/// every few seconds for policies that look at the time or are outside. For any thread.
final class ReplicationHolds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicationHolds.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ContextRuntime runtime;
    private final Replication replication;
    private final CountDownLatch closing = new CountDownLatch(1);

    ReplicationHolds(ContextRuntime runtime, Replication replication) {
        this.runtime = runtime;
        this.replication = replication;
    }

    /// Asks, and asks again from then on.
    void start() {
        ask();
        Thread.ofVirtual().name("context-holds").start(this::run);
    }

    private void run() {
        try {
            while (!closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Asks now. What fails is logged and tried again.
    void refresh() {
        try {
            ask();
        } catch (RuntimeException e) {
            LOG.error("whether context may go to other regions could not be asked", e);
        }
    }

    /// When this returns, nothing that is denied now is on its way any more.
    private synchronized void ask() {
        List<DeclaredType> types = runtime.declared();
        for (RegionName peer : runtime.peers()) {
            hold(peer, refused(types, peer));
        }
    }

    private Map<String, List<String>> refused(List<DeclaredType> types, RegionName peer) {
        Map<String, List<String>> refused = new TreeMap<>();
        for (DeclaredType type : types) {
            if (type.regions().contains(peer)) {
                for (String reason : replication.refusals(type, peer)) {
                    refused.computeIfAbsent(type.scope(), scope -> new ArrayList<>())
                            .add(type.name() + ": " + reason);
                }
            }
        }
        return refused;
    }

    private void hold(RegionName peer, Map<String, List<String>> refused) {
        boolean isChanged =
                runtime.hold(
                        peer,
                        refused.entrySet().stream()
                                .map(scope -> new HeldScope(scope.getKey(), scope.getValue()))
                                .toList());
        if (isChanged && refused.isEmpty()) {
            LOG.info("all context that is for {} may go there again", peer);
        } else if (isChanged) {
            LOG.warn("policies hold context back from {}: {}", peer, refused);
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
