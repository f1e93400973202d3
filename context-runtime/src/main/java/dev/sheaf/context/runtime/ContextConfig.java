package dev.sheaf.context.runtime;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;

/// What a context runtime needs to know before it starts. The sets of regions are its own, and grow
/// when a region is [admitted][ContextRuntime#admit]; all else stays as it is.
///
/// @param mesh the mesh's name; nodes of another are refused
/// @param region this node's
/// @param regions all of the mesh, this one among them
/// @param scopes named residency scopes and their regions
/// @param shards of each scope; the same in the whole mesh, for ever
/// @param workers threads that own shards
/// @param folder for the log, the state and the types
/// @param cacheBytes for decoded documents, all workers together
/// @param inputsMax inputs that wait for a worker before callers are told to come back later
/// @param writeBehindMillis how long a change stays in the log only, at the least; writing behind
///   takes at most a tenth of a worker's time
/// @param joined scopes that others founded, which this region joins when it has nothing of them
///   yet; others it founds together with their regions
public record ContextConfig(
        String mesh,
        RegionName region,
        SortedSet<RegionName> regions,
        Map<String, SortedSet<RegionName>> scopes,
        int shards,
        int workers,
        Path folder,
        ByteSize cacheBytes,
        int inputsMax,
        long writeBehindMillis,
        Predicate<String> joined) {
    public static final int SHARDS = 4;
    public static final int WORKERS = 1;
    public static final int INPUTS_MAX = 20_000;
    public static final long WRITE_BEHIND_MILLIS = 5_000;
    private static final int SHARDS_MAX = 4_096;
    private static final int WORKERS_MAX = 256;

    public ContextConfig {
        List<String> faults = new ArrayList<>();
        if (!regions.contains(region)) {
            faults.add("this region " + region + " is not among the mesh's regions " + regions);
        }
        for (Map.Entry<String, SortedSet<RegionName>> scope : scopes.entrySet()) {
            if (!regions.containsAll(scope.getValue())) {
                faults.add(
                        "scope "
                                + scope.getKey()
                                + " names regions that are not in the mesh: "
                                + scope.getValue());
            }
        }
        if (shards < 1 || shards > SHARDS_MAX) {
            faults.add("shards is " + shards + "; allowed are 1 to " + SHARDS_MAX);
        }
        if (workers < 1 || workers > WORKERS_MAX) {
            faults.add("workers is " + workers + "; allowed are 1 to " + WORKERS_MAX);
        }
        if (!faults.isEmpty()) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION, "context: " + String.join("; ", faults));
        }
        Map<String, SortedSet<RegionName>> growing = new HashMap<>();
        scopes.forEach((name, members) -> growing.put(name, new ConcurrentSkipListSet<>(members)));
        regions = new ConcurrentSkipListSet<>(regions);
        scopes = Map.copyOf(growing);
    }
}
