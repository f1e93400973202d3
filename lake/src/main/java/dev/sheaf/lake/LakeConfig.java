package dev.sheaf.lake;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// @param stores no two with the same root
/// @param staging an existing local directory for files on their way into a store; the engine
///   session that writes a table must be allowed to write here. Best on the file system of the
///   local store: moving is then a rename
public record LakeConfig(CatalogConfig catalog, List<StoreConfig> stores, Path staging) {
    public LakeConfig {
        stores = List.copyOf(stores);
        staging = staging.toAbsolutePath().normalize();
        Set<String> roots = new HashSet<>();
        for (StoreConfig store : stores) {
            if (!roots.add(store.root())) {
                throw new Problem(
                        ProblemCode.INVALID_CONFIGURATION,
                        "store '" + store.name() + "': another store has the root " + store.root());
            }
        }
    }
}
