package dev.sheaf.node.config;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Documents that all regions read and write.
public record ContextSettings(
        @Setting(
                        value =
                                "Shards of each residency scope; the same on all nodes of the mesh,"
                                        + " and never changed.",
                        fallback = "4")
                int shards,
        @Setting(value = "Threads that own shards; more than shards are of no use.", fallback = "1")
                int workers,
        @Setting(value = "Memory for documents that are hot.", fallback = "96MiB") ByteSize cache,
        @Setting(value = "How long a change may be in the log only, as a rule.", fallback = "5s")
                Duration writeBehind,
        @Setting(value = "Writes and reads that may wait at once.", fallback = "20000")
                int waitingMax,
        @Setting("Residency scopes that context types may name.") List<Scope> scopes,
        @Setting(
                        value =
                                "Whether this region joins scopes that exist already, when it has"
                                    + " nothing of them yet; otherwise it founds them together with"
                                    + " the other regions.",
                        fallback = "false")
                boolean join) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public ContextSettings {
        scopes = List.copyOf(scopes);
        Checks.atLeast("shards", shards, 1);
        Checks.atLeast("workers", workers, 1);
        Checks.atLeast("waitingMax", waitingMax, 1);
        Checks.atLeast("cache", cache.bytes(), 1 << 20);
        Checks.positive("writeBehind", writeBehind);
        Set<String> names = new HashSet<>();
        for (Scope scope : scopes) {
            if (!names.add(scope.name())) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE, "scopes name '" + scope.name() + "' twice");
            }
        }
    }

    /// Regions that may hold the same documents.
    public record Scope(
            @Setting("Its name.") String name,
            @Setting("Its regions, cloud/location.") List<RegionName> regions) {
        public Scope {
            regions = List.copyOf(regions);
            if (!NAME.matcher(name).matches()) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "scope '"
                                + name
                                + "' is not a name: write lower-case letters, digits and hyphens");
            }
            if (regions.isEmpty()) {
                throw new Problem(ProblemCode.INVALID_VALUE, "scope '" + name + "' has no regions");
            }
        }
    }
}
