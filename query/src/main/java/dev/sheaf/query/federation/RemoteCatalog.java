package dev.sheaf.query.federation;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.query.TableResolver.AsOf;

import java.util.List;
import java.util.Optional;

/// The products that are at home in other regions, as this region knows them. Answers from what is
/// here, at once, whether the other regions can be reached or not. For any thread.
public interface RemoteCatalog {
    /// Knows of no other region.
    RemoteCatalog NONE =
            new RemoteCatalog() {
                @Override
                public Optional<RemoteProduct> find(ProductName name, AsOf asOf) {
                    return Optional.empty();
                }

                @Override
                public List<ProductName> products() {
                    return List.of();
                }
            };

    /// @return empty for a product of this region, one that is not known, and one without a release
    ///   at that point
    Optional<RemoteProduct> find(ProductName name, AsOf asOf);

    /// All that are at home elsewhere.
    List<ProductName> products();
}
