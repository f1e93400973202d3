package dev.sheaf.node.replicas;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Where a product's owner places copies: `sheaf.replicas` in the `customProperties` of the
/// contract's table.
public final class ReplicaRegions {
    public static final String PROPERTY = "sheaf.replicas";

    private ReplicaRegions() {}

    /// In order; what is no region places nothing.
    public static Set<RegionName> of(TableContract table) {
        Set<RegionName> regions = new TreeSet<>();
        if (table.customProperties().get(PROPERTY) instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof String text && isRegion(text)) {
                    regions.add(RegionName.parse(text));
                }
            }
        }
        return regions;
    }

    private static boolean isRegion(String text) {
        try {
            return !RegionName.parse(text).toString().isEmpty();
        } catch (Problem _) {
            // the contract's checks have said so
            return false;
        }
    }
}
