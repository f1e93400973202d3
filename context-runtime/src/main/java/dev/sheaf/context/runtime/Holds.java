package dev.sheaf.context.runtime;

import dev.sheaf.kernel.RegionName;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which scopes are held back from which regions. To a held scope a link is as if it were cut: the
/// region gets nothing of it here, and gives nothing. For any thread.
final class Holds {
    private final Map<RegionName, Map<String, HeldScope>> byRegion = new ConcurrentHashMap<>();

    boolean isHeld(RegionName peer, String scope) {
        Map<String, HeldScope> held = byRegion.get(peer);
        return held != null && held.containsKey(scope);
    }

    /// By the names of the scopes.
    List<HeldScope> of(RegionName peer) {
        return byRegion.getOrDefault(peer, Map.of()).values().stream()
                .sorted((left, right) -> left.scope().compareTo(right.scope()))
                .toList();
    }

    /// From now on these, and no others.
    ///
    /// @return whether other scopes are held than before
    synchronized boolean set(RegionName peer, List<HeldScope> scopes) {
        Map<String, HeldScope> held = new ConcurrentHashMap<>();
        scopes.forEach(scope -> held.put(scope.scope(), scope));
        Map<String, HeldScope> before = byRegion.put(peer, held);
        return !(before == null ? Map.<String, HeldScope>of() : before)
                .keySet()
                .equals(held.keySet());
    }
}
