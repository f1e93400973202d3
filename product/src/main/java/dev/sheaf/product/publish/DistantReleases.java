package dev.sheaf.product.publish;

import dev.sheaf.kernel.ProductName;

import java.nio.file.Path;
import java.util.Optional;

/// Current releases of products that this region does not hold, for rules that look beyond their
/// own batch: as much of them as whoever publishes may see.
@FunctionalInterface
public interface DistantReleases {
    /// Knows of none.
    DistantReleases NONE = (product, folder) -> Optional.empty();

    /// @param folder of the run, which is deleted at its end
    /// @return a Parquet file in the folder; empty when there is no such product, or no release of
    ///   it
    /// @throws dev.sheaf.kernel.Problem when the product's region cannot be reached or refuses;
    ///   nothing is published then
    Optional<Path> fetch(ProductName product, Path folder);
}
